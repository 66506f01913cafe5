import { insertEvaluation } from '../common/evaluations.js';
import { findOverlay, findRenderUrl } from '../common/overlays.js';
import { loadPicture } from '../common/pictures.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import type { OcrEvalBody } from './ocr-eval.schema.js';
import { scoreText } from './text-scores.js';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Reads the text in the finished picture and compares it with the text that was ordered. */
export const createOcrEval = ({ pool, assets, engines }: StageContext): VariantStageDefinition<OcrEvalBody> => ({
  stage: 'ocr_eval',
  async perform(call, body) {
    const { unit } = call;
    const overlay = await findOverlay(pool, unit, body.overlay_id);
    const url = await findRenderUrl(pool, unit, overlay);

    const elapsed = startStopwatch();
    const { bytes } = await engines.onPicture(() => loadPicture(assets, url));
    // The reader queues by itself: waiting for it must not keep other stages from their pictures.
    const read = await engines.ocr.read(bytes, overlay.region ?? WHOLE);
    const scores = scoreText(overlay.text, read.text);
    const metrics = {
      ocr_confidence: round(read.confidence),
      ocr_accuracy: round(scores.accuracy),
      character_match_rate: round(scores.characterMatchRate),
      word_match_rate: round(scores.wordMatchRate),
      recognized_text: read.text,
      original_text: overlay.text,
      edit_distance: scores.editDistance,
      similarity: round(scores.similarity),
      latency_ms: elapsed(),
      provider: engines.ocr.provider,
      model: engines.ocr.model,
    };
    const evaluationId = call.idFor('evaluation');
    return {
      answer: {
        job_id: unit.jobId,
        evaluation_id: evaluationId,
        overlay_id: overlay.id,
        ocr_confidence: metrics.ocr_confidence,
        ocr_accuracy: metrics.ocr_accuracy,
        character_match_rate: metrics.character_match_rate,
        recognized_text: metrics.recognized_text,
        original_text: metrics.original_text,
      },
      result: { evaluation_id: evaluationId },
      write: (client) => insertEvaluation(client, call, 'ocr', overlay.id, metrics),
    };
  },
});
