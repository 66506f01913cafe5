import { describe, expect, it } from 'vitest';
import { type Decision, decide, type VariantEvidence, type VariantState } from '../../../src/bridge/decide.js';

/*
 * The whole table, written by hand. Each line is one step; each column one status. Words:
 *   img_gen … iou_eval   start there          >stage   start there and publish (stage, queued)
 *   again                the open run looks   back     restore          .   nothing
 */
const STATUSES = ['queued', 'running', 'done', 'failed', 'sleeping'];

const shorthand = (decision: Decision): string => {
  switch (decision.action) {
    case 'start':
      return decision.publish ? `>${decision.publish}` : decision.stage;
    case 'look again':
      return 'again';
    case 'restore':
      return 'back';
    case 'nothing':
      return '.';
  }
};

const atRest: VariantEvidence = {
  imageGeneration: 'internal',
  pictureIsGenerated: false,
  runIsOpen: false,
  established: null,
};

const tableOf = (evidence: VariantEvidence, hasPicture: boolean, steps: string[]): string[] =>
  steps.map((step) =>
    [step, ...STATUSES.map((status) => shorthand(decide({ step, status, hasPicture }, evidence)))].join(' '),
  );

/** Steps whose answer does not depend on pictures or on who makes them. */
const BEYOND_PICTURES = [
  'vlm_analyze   vlm_analyze      . yolo_detect      . .',
  'yolo_detect   yolo_detect      . planner          . .',
  'planner       planner          . overlay          . .',
  'overlay       overlay          . vlm_judge        . .',
  'vlm_judge     vlm_judge        . ocr_eval         . .',
  'ocr_eval      ocr_eval         . readability_eval . .',
  'readability_eval readability_eval . iou_eval      . .',
  'iou_eval      iou_eval         . .                . .',
  'ad_copy_gen_kor . . . . .',
  'instagram_feed_gen . . . . .',
  'job_created . . . . .',
  'gen_vlm_analyze . . . . .',
  'nonsense . . . . .',
].map((line) => line.replace(/\s+/g, ' '));

const ALL_STEPS = ['user_img_input', 'img_gen', ...BEYOND_PICTURES.map((line) => line.split(' ')[0] as string)];

describe('decide, nobody at work', () => {
  it.each([
    {
      who: 'internal',
      picture: true,
      generated: false,
      input: '. . >img_gen . .',
      made: 'img_gen img_gen >vlm_analyze . .',
    },
    { who: 'internal', picture: false, generated: false, input: '. . . . .', made: '. . . . .' },
    { who: 'internal', picture: true, generated: true, input: '. . . . .', made: 'img_gen . >vlm_analyze . .' },
    { who: 'external', picture: true, generated: false, input: '. . . . .', made: '. . >vlm_analyze . .' },
    { who: 'external', picture: false, generated: false, input: '. . . . .', made: '. . . . .' },
    { who: 'external', picture: true, generated: true, input: '. . . . .', made: '. . >vlm_analyze . .' },
  ] as const)('generation $who, picture $picture, generated $generated', ({ who, picture, generated, input, made }) => {
    const evidence = { ...atRest, imageGeneration: who, pictureIsGenerated: generated };
    expect(tableOf(evidence, picture, ALL_STEPS)).toEqual([
      `user_img_input ${input}`,
      `img_gen ${made}`,
      ...BEYOND_PICTURES,
    ]);
  });

  it('starts at the stage that follows what is done', () => {
    const row: VariantState = { step: 'img_gen', status: 'done', hasPicture: true };
    expect(decide(row, atRest)).toEqual({ action: 'start', stage: 'vlm_analyze', publish: 'vlm_analyze' });
  });

  it('says why it does nothing', () => {
    const because = (row: Partial<VariantState>, evidence: Partial<VariantEvidence> = {}): unknown =>
      decide({ step: 'user_img_input', status: 'done', hasPicture: true, ...row }, { ...atRest, ...evidence });
    expect(because({ hasPicture: false })).toMatchObject({ because: 'it has no picture to begin with' });
    expect(because({}, { imageGeneration: 'external' })).toMatchObject({ because: 'image generation is outside' });
    expect(because({ step: 'iou_eval' })).toMatchObject({ because: 'settled: done' });
    expect(because({ step: 'planner', status: 'failed' })).toMatchObject({ because: 'settled: failed' });
    expect(because({ step: 'nonsense' })).toMatchObject({ because: 'not a step of this pipeline' });
  });
});

describe('decide, a run is open', () => {
  const STEPS = ['user_img_input', 'img_gen', 'vlm_analyze', 'planner', 'overlay', 'iou_eval', 'nonsense'];
  const open = (step: string, status: string): VariantEvidence => ({
    ...atRest,
    runIsOpen: true,
    established: { step, status },
  });

  it('follows what is ahead, puts back what is behind, and leaves alone what it wrote itself', () => {
    expect(tableOf(open('planner', 'running'), true, STEPS)).toEqual([
      'user_img_input back back back again .',
      'img_gen back back back again .',
      'vlm_analyze back back back again .',
      'planner back . again again .',
      'overlay again again again again .',
      'iou_eval again again again again .',
      'nonsense . . . . .',
    ]);
  });

  it('the same at the two ends of the road', () => {
    expect(tableOf(open('img_gen', 'queued'), true, STEPS.slice(0, 3))).toEqual([
      'user_img_input back back back again .',
      'img_gen . again again again .',
      'vlm_analyze again again again again .',
    ]);
    expect(tableOf(open('iou_eval', 'running'), true, ['readability_eval', 'iou_eval'])).toEqual([
      'readability_eval back back back again .',
      'iou_eval back . again again .',
    ]);
  });

  it('looks again before the run has written anything', () => {
    const evidence = { ...atRest, runIsOpen: true };
    expect(tableOf(evidence, true, ['img_gen', 'planner'])).toEqual([
      'img_gen again again again again again',
      'planner again again again again again',
    ]);
  });

  it.each(['internal', 'external'] as const)('whoever makes the pictures (%s) and whatever they are', (who) => {
    for (const hasPicture of [true, false]) {
      for (const pictureIsGenerated of [true, false]) {
        const evidence = { ...open('img_gen', 'running'), imageGeneration: who, pictureIsGenerated };
        expect(tableOf(evidence, hasPicture, ['user_img_input', 'img_gen'])).toEqual([
          'user_img_input back back back again .',
          'img_gen back . again again .',
        ]);
      }
    }
  });
});
