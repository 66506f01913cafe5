import { findComposition } from '../common/compositions.js';
import { insertEvaluation } from '../common/evaluations.js';
import { findOverlay, findRenderUrl } from '../common/overlays.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { startStopwatch } from '../common/stopwatch.js';
import { drawnPassages } from './drawn-passages.js';
import type { OcrEvalBody } from './ocr-eval.schema.js';
import { type FairReading, readFairly } from './read-fairly.js';
import type { TextScores } from './text-scores.js';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Reads the text in the finished picture and compares it with the text that was drawn. */
export const createOcrEval = ({ pool, engines, pictures }: StageContext): VariantStageDefinition<OcrEvalBody> => ({
  stage: 'ocr_eval',
  async perform(call, body) {
    const { unit } = call;
    const overlay = await findOverlay(pool, unit, body.overlay_id);
    const url = await findRenderUrl(pool, unit, overlay);
    const composition = await findComposition(pool, unit);

    const elapsed = startStopwatch();
    const picture = await engines.onPicture(() => pictures.load(url));
    // The reader queues by itself: waiting for it must not keep other stages from their pictures.
    const drawn = drawnPassages(overlay, composition?.stickerTurn ?? 0);
    const readings = await readFairly(engines.ocr, picture, drawn);
    const scores = together(readings);
    const metrics = {
      ocr_confidence: round(weighted(readings, ({ confidence }) => confidence)),
      ocr_accuracy: round(scores.accuracy),
      character_match_rate: round(scores.characterMatchRate),
      word_match_rate: round(scores.wordMatchRate),
      recognized_text: joined(readings.map(({ read }) => read)),
      original_text: joined(readings.map((reading) => reading.drawn)),
      edit_distance: scores.editDistance,
      similarity: round(scores.similarity),
      latency_ms: elapsed(),
      provider: engines.ocr.provider,
      model: engines.ocr.model,
      ordered_text: overlay.text,
      passages: readings.map((reading) => ({
        slot: reading.slot,
        drawn: reading.drawn,
        read: reading.read,
        character_match_rate: round(reading.scores.characterMatchRate),
        decided_by: reading.decidedBy,
      })),
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

const joined = (texts: string[]): string => texts.filter((text) => text !== '').join(' ');

/** Mean over the texts that count, by their letters; 0 when there are none. */
function weighted(readings: FairReading[], valueOf: (reading: FairReading) => number): number {
  const counted = readings.filter(({ decidedBy }) => decidedBy !== 'nothing');
  const letters = counted.reduce((sum, reading) => sum + reading.letters, 0);
  return letters === 0 ? 0 : counted.reduce((sum, reading) => sum + valueOf(reading) * reading.letters, 0) / letters;
}

const together = (readings: FairReading[]): TextScores => ({
  accuracy: weighted(readings, ({ scores }) => scores.accuracy),
  characterMatchRate: weighted(readings, ({ scores }) => scores.characterMatchRate),
  wordMatchRate: weighted(readings, ({ scores }) => scores.wordMatchRate),
  editDistance: readings.reduce((sum, { scores }) => sum + scores.editDistance, 0),
  similarity: weighted(readings, ({ scores }) => scores.similarity),
});
