import type { Pool } from '../../db/pool.js';

export interface Detection {
  id: string;
  label: string | null;
  score: number | null;
  /** x1, y1, x2, y2 in pixels of the picture. */
  corners: [number, number, number, number];
  /** False for rows that no detection stage of ours wrote, for example by hand. */
  isOurs: boolean;
}

export interface VariantDetections {
  /** Mask of the variant's newest detection run on this picture; null when there was none. */
  maskUrl: string | null;
  detections: Detection[];
}

interface DetectionRow {
  detection_id: string;
  label: string | null;
  score: string | null;
  box: unknown;
  is_ours: boolean;
}

/**
 * What was found on a variant's picture: its newest detection run, and every detection of this job and picture that no
 * run of ours claims (rows of other programs). Older runs of the same variant and runs of siblings that share the
 * picture are left out: they found the same things.
 */
export async function findDetections(
  pool: Pool,
  { variantId, jobId }: { variantId: string; jobId: string },
  imageId: string,
): Promise<VariantDetections> {
  const { rows: runs } = await pool.query<{ mask_url: string; detection_ids: string[] }>(
    `select mask_url, detection_ids from pipeline.detection_runs
      where job_variants_id = $1 and image_asset_id = $2 order by generation desc limit 1`,
    [variantId, imageId],
  );
  const { rows } = await pool.query<DetectionRow>(
    `select d.detection_id, d.label, d.score, d.box, d.detection_id = any($3::uuid[]) as is_ours
       from detections d
      where d.job_id = $1 and d.image_asset_id = $2
        and (d.detection_id = any($3::uuid[])
             or not exists (select from pipeline.detection_runs r where d.detection_id = any(r.detection_ids)))
      order by d.created_at, d.pk`,
    [jobId, imageId, runs[0]?.detection_ids ?? []],
  );
  return { maskUrl: runs[0]?.mask_url ?? null, detections: rows.flatMap(toDetection) };
}

const toDetection = (row: DetectionRow): Detection[] => {
  const corners = toBox(row.box);
  return corners
    ? [
        {
          id: row.detection_id,
          label: row.label,
          score: row.score === null ? null : Number(row.score),
          corners,
          isOurs: row.is_ours,
        },
      ]
    : [];
};

/** Four numbers with an area between them; anything else in the column is no box. */
export const toBox = (value: unknown): [number, number, number, number] | undefined => {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [x1, y1, x2, y2] = value.map(Number) as [number, number, number, number];
  return [x1, y1, x2, y2].every(Number.isFinite) && x2 > x1 && y2 > y1 ? [x1, y1, x2, y2] : undefined;
};
