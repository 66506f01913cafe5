import type { PoolClient } from '../../db/pool.js';
import type { StageCall } from './effect.js';
import type { VariantUnit } from './units.js';

/** Writes an `evaluations` row. Metrics also name the variant: the table links to it only through the overlay. */
export async function insertEvaluation(
  client: PoolClient,
  call: StageCall<VariantUnit>,
  type: 'ocr' | 'readability' | 'iou',
  overlayId: string,
  metrics: object,
): Promise<void> {
  await client.query(
    `insert into evaluations (evaluation_id, job_id, overlay_id, evaluation_type, metrics, created_at, updated_at)
     values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp()) on conflict (evaluation_id) do nothing`,
    [
      call.idFor('evaluation'),
      call.unit.jobId,
      overlayId,
      type,
      JSON.stringify({ ...metrics, job_variants_id: call.unit.variantId }),
    ],
  );
}
