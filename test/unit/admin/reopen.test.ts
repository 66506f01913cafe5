import { describe, expect, it } from 'vitest';
import type { VariantNow } from '../../../src/admin/observe.js';
import { decideReopening, type PictureSource } from '../../../src/admin/reopen.js';
import { INPUT_STEP, STATUSES, VARIANT_STAGES } from '../../../workflows/contract.js';

const SOURCE: PictureSource = { hasPicture: true, isExternal: false };

const at = (step: string, status: string, extra: Partial<VariantNow> = {}): VariantNow => ({
  variantId: 'v',
  jobId: 'j',
  step,
  status,
  generation: 1,
  retryCount: 0,
  reason: null,
  isSettled: status === 'failed' || (step === 'iou_eval' && status === 'done'),
  isUnderWay: false,
  ...extra,
});

const places = [INPUT_STEP, ...VARIANT_STAGES].flatMap((step) => STATUSES.map((status) => [step, status] as const));

describe('whether a variant may be sent back to work', () => {
  it.each(places)('(%s, %s): never past what it has reached, never while somebody is at it', (step, status) => {
    const reached =
      step === INPUT_STEP
        ? 0
        : VARIANT_STAGES.indexOf(step as 'img_gen') + (status === 'done' && step !== 'iou_eval' ? 1 : 0);
    for (const [index, from] of VARIANT_STAGES.entries()) {
      const decision = decideReopening(at(step, status), SOURCE, from);
      const isPlace = step !== INPUT_STEP || status === 'done' || status === 'failed';
      expect([from, 'from' in decision]).toEqual([from, isPlace && index <= reached]);
    }
    const underWay = decideReopening(at(step, status, { isUnderWay: true }), SOURCE, 'img_gen');
    if (!at(step, status).isSettled)
      expect(underWay).toMatchObject({ refused: expect.stringContaining('a run is open') });
  });

  it('begins by itself where it failed, or where it stands when nobody works on it', () => {
    expect(decideReopening(at('overlay', 'failed'), SOURCE)).toEqual({ from: 'overlay' });
    expect(decideReopening(at('overlay', 'running'), SOURCE)).toEqual({ from: 'overlay' });
    expect(decideReopening(at('overlay', 'done'), SOURCE)).toEqual({ from: 'vlm_judge' });
    expect(decideReopening(at(INPUT_STEP, 'failed'), SOURCE)).toEqual({ from: 'img_gen' });
    expect(decideReopening(at('iou_eval', 'done'), SOURCE)).toMatchObject({
      refused: expect.stringContaining('is finished'),
    });
  });

  it.each([
    ['without a picture', { hasPicture: false, isExternal: false }, 'planner', 'no picture to begin with'],
    ['to make a picture that is made outside', { hasPicture: true, isExternal: true }, 'img_gen', 'made outside'],
  ] as const)('not %s', (_, source, from, words) => {
    expect(decideReopening(at('planner', 'failed'), source, from)).toMatchObject({
      refused: expect.stringContaining(words),
    });
  });
});
