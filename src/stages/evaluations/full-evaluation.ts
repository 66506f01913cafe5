import type { z } from 'zod';
import type { Pool } from '../../db/pool.js';
import { beginCall } from '../common/effect.js';
import { findNewestOverlay, findOverlay } from '../common/overlays.js';
import { badRequest, notFound } from '../common/refusal.js';
import type { StageContext } from '../common/stage-context.js';
import type { VariantStageDefinition } from '../common/stage-runner.js';
import { loadJobUnit, loadVariantUnit, type VariantUnit } from '../common/units.js';
import { requireUuid } from '../common/uuid.js';
import { createIouEval } from '../iou-eval/iou-eval.stage.js';
import { createOcrEval } from '../ocr-eval/ocr-eval.stage.js';
import { createReadabilityEval } from '../readability-eval/readability-eval.stage.js';
import {
  type FullEvaluationBody,
  type fullEvaluationAnswer,
  iouResult,
  ocrResult,
  readabilityResult,
} from './evaluations.schema.js';

type EvaluationBody = { job_variants_id: string; job_id: string; tenant_id: string; overlay_id: string };
type Measure = VariantStageDefinition<EvaluationBody>;

/**
 * The three evaluations of one overlay: the newest recorded ones; what was not recorded yet is measured now. Either way
 * no row changes, because the stages write nothing before their final transaction, and none is begun here.
 * @throws Refusal as the three endpoints do.
 */
export const createFullEvaluation = (context: StageContext) => {
  const { pool } = context;
  const [ocrEval, readabilityEval, iouEval] = [
    createOcrEval(context),
    createReadabilityEval(context),
    createIouEval(context),
  ];

  return async (body: FullEvaluationBody): Promise<z.infer<typeof fullEvaluationAnswer>> => {
    const unit = await findUnit(pool, body);
    const overlay = body.overlay_id
      ? await findOverlay(pool, unit, body.overlay_id)
      : await findNewestOverlay(pool, unit);
    if (!overlay) throw notFound('Overlay not found: the job variant has none');
    const resultOf = async <S extends z.ZodType>(type: string, stage: Measure, schema: S): Promise<z.infer<S>> =>
      schema.parse((await findRecorded(pool, overlay.id, type)) ?? (await measure(stage, unit, overlay.id)));

    const ocr = await resultOf('ocr', ocrEval, ocrResult);
    const readability = await resultOf('readability', readabilityEval, readabilityResult);
    const iou = await resultOf('iou', iouEval, iouResult);
    const score = (ocr.ocr_accuracy + readability.readability_score + (1 - iou.iou_with_food)) / 3;
    return {
      job_id: unit.jobId,
      job_variants_id: unit.variantId,
      overlay_id: overlay.id,
      ocr,
      readability,
      iou,
      score: Math.round(score * 10_000) / 10_000,
    };
  };
};

/** The original's request names no variant; its overlay does. */
async function findUnit(pool: Pool, body: FullEvaluationBody): Promise<VariantUnit> {
  const { job_id, tenant_id } = body;
  if (body.job_variants_id) return loadVariantUnit(pool, { job_variants_id: body.job_variants_id, job_id, tenant_id });
  if (!body.overlay_id) throw badRequest('Neither overlay_id nor job_variants_id is given');
  await loadJobUnit(pool, body);
  const overlayId = requireUuid(body.overlay_id, 'overlay_id');
  const { rows } = await pool.query<{ job_variants_id: string | null }>(
    'select job_variants_id from overlay_layouts where overlay_id = $1',
    [overlayId],
  );
  const variantId = rows[0]?.job_variants_id;
  if (!variantId) throw notFound(`Overlay not found: ${overlayId}`);
  return loadVariantUnit(pool, { job_variants_id: variantId, job_id, tenant_id });
}

async function findRecorded(pool: Pool, overlayId: string, type: string): Promise<object | undefined> {
  const { rows } = await pool.query<{ evaluation_id: string; metrics: object }>(
    `select evaluation_id, metrics from evaluations
      where overlay_id = $1 and evaluation_type = $2 order by created_at desc limit 1`,
    [overlayId, type],
  );
  return rows[0] && { ...rows[0].metrics, evaluation_id: rows[0].evaluation_id };
}

async function measure(stage: Measure, unit: VariantUnit, overlayId: string): Promise<object> {
  const call = beginCall(unit, { kind: 'own', generation: unit.generation });
  const body = { job_variants_id: unit.variantId, job_id: unit.jobId, tenant_id: unit.tenantId, overlay_id: overlayId };
  const { answer } = await stage.perform(call, body);
  return { ...answer, evaluation_id: null };
}
