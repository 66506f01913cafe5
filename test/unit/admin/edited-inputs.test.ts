import { describe, expect, it } from 'vitest';
import { beginning, type PictureNow, refuseLate, stageNeeded } from '../../../src/admin/edited-inputs.js';
import type { VariantNow } from '../../../src/admin/observe.js';
import type { Idea } from '../../../src/brief/idea.js';

const IDEA: Idea = { kind: 'dish', texts: { headline: '순대국밥', price: '8,900원' } };
const NOW: PictureNow = { idea: IDEA, isOwners: false, headline: null, design: 'poster', format: 'square' };

const at = (step: string, status: string): VariantNow => ({
  variantId: 'v',
  jobId: 'j',
  step,
  status,
  generation: 1,
  retryCount: 0,
  reason: null,
  isSettled: true,
  isUnderWay: false,
});

describe('what an edit has made again', () => {
  it.each([
    ['nothing, for what it says already', { idea: IDEA }, undefined],
    ['nothing, for its own format', { format: 'square' }, undefined],
    ['the text, for another headline alone', { text: '국밥' }, 'overlay'],
    ['the text, for a word more', { idea: { ...IDEA, texts: { ...IDEA.texts, price: '8,900원부터' } } }, 'overlay'],
    [
      'the picture, for a word that it has no place for',
      { idea: { ...IDEA, texts: { ...IDEA.texts, note: '포장' } } },
      'img_gen',
    ],
    ['the text, for a word less', { idea: { ...IDEA, texts: { headline: '순대국밥' } } }, 'overlay'],
    ['the picture, for another design', { idea: { ...IDEA, design: 'arch' } }, 'img_gen'],
    [
      'the text alone, when the design that it has is named',
      { idea: { ...IDEA, design: 'poster', headlineScale: 1.1 } },
      'overlay',
    ],
    ['the picture, for another kind', { idea: { ...IDEA, kind: 'deal' } }, 'img_gen'],
    ['the picture, for another format, whatever the words', { idea: IDEA, format: 'story' }, 'img_gen'],
    ['the picture, for another tone', { tone: 'x' }, 'img_gen'],
    ['the picture, for a place of the dish', { hint: { x: 0.5, y: 0.5 } }, 'img_gen'],
  ] as const)('%s', (_, edit, stage) => {
    expect(stageNeeded(NOW, edit)).toBe(stage);
  });

  it('a design that the owner chose and takes back is another picture', () => {
    const chosen = { ...NOW, idea: { ...IDEA, design: 'arch' }, design: 'arch' };
    expect(stageNeeded(chosen, { idea: IDEA })).toBe('img_gen');
  });

  it('a picture that had no idea of ours gets its words drawn', () => {
    const foreign = { ...NOW, idea: undefined, design: null };
    expect(stageNeeded(foreign, { idea: IDEA })).toBe('overlay');
    const noted = { ...IDEA, texts: { ...IDEA.texts, note: '포장' } };
    expect(stageNeeded({ ...foreign, idea: IDEA }, { idea: noted })).toBe('overlay');
  });
});

it('work begins where it failed, if that is before what is edited', () => {
  expect(beginning(at('iou_eval', 'done'), 'overlay')).toBe('overlay');
  expect(beginning(at('ocr_eval', 'failed'), 'overlay')).toBe('overlay');
  expect(beginning(at('overlay', 'failed'), 'overlay')).toBe('overlay');
  expect(beginning(at('planner', 'failed'), 'overlay')).toBeUndefined();
  expect(beginning(at('img_gen', 'failed'), 'img_gen')).toBe('img_gen');
  expect(beginning(at('iou_eval', 'done'), undefined)).toBeUndefined();
});

it('a beginning that is too late for the edit is refused, with the one that is not', () => {
  expect(refuseLate('overlay', 'img_gen')).toMatch(/begin from img_gen, not from overlay/);
  expect(refuseLate('ocr_eval', 'overlay')).toMatch(/overlay: begin there or earlier, not from ocr_eval/);
  expect(refuseLate('overlay', 'overlay')).toBeUndefined();
  expect(refuseLate('img_gen', 'overlay')).toBeUndefined();
  expect(refuseLate('iou_eval', undefined)).toBeUndefined();
});
