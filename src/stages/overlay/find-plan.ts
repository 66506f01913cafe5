import type { Pool } from '../../db/pool.js';
import type { Box } from '../../imaging/geometry.js';
import { notFound } from '../common/refusal.js';
import type { VariantUnit } from '../common/units.js';
import { requireUuid } from '../common/uuid.js';
import type { ForbiddenPosition, StoredProposal } from './choose-proposal.js';

export interface Plan {
  id: string;
  proposals: StoredProposal[];
  position: ForbiddenPosition | null;
  /** Box around everything forbidden, ratios. */
  forbidden: Box | null;
}

/** The plan that was asked for, else this variant's own newest, else the newest for its picture. */
export async function findPlan(pool: Pool, unit: VariantUnit, wanted: string | null): Promise<Plan | undefined> {
  const { rows } =
    wanted === null
      ? await pool.query<PlanRow>(
          `select p.proposal_id, p.layout from planner_proposals p
            where p.image_asset_id = $2
            order by exists (select from pipeline.claims c where c.unit_id = $1 and c.stage = 'planner'
                               and c.result->>'proposal_id' = p.proposal_id::text) desc, p.created_at desc
            limit 1`,
          [unit.variantId, unit.imageId],
        )
      : await pool.query<PlanRow>('select proposal_id, layout from planner_proposals where proposal_id = $1', [
          requireUuid(wanted, 'proposal_id'),
        ]);
  const row = rows[0];
  if (!row && wanted !== null) throw notFound(`Proposal not found: ${wanted}`);
  return row && toPlan(row);
}

interface PlanRow {
  proposal_id: string;
  layout: { proposals?: unknown; forbidden_position?: ForbiddenPosition | null; forbidden?: unknown } | null;
}

/** Rows of other planners are read as far as they make sense. */
const toPlan = ({ proposal_id, layout }: PlanRow): Plan => ({
  id: proposal_id,
  proposals: (Array.isArray(layout?.proposals) ? layout.proposals : []).filter(isProposal).map((proposal) => ({
    ...proposal,
    source: proposal.source ?? '',
    score: proposal.score ?? 0,
    occlusion_iou: proposal.occlusion_iou ?? 0,
  })),
  position: layout?.forbidden_position ?? null,
  forbidden: isBox(layout?.forbidden) ? layout.forbidden : null,
});

const isBox = (value: unknown): value is Box => {
  const { x, y, width, height } = (value ?? {}) as Partial<Box>;
  return [x, y, width, height].every((side) => typeof side === 'number');
};

const isProposal = (value: unknown): value is StoredProposal => {
  const { xywh } = (value ?? {}) as { xywh?: unknown };
  if (!Array.isArray(xywh) || xywh.length !== 4 || !xywh.every((side) => typeof side === 'number')) return false;
  const [x, y, width, height] = xywh as [number, number, number, number];
  return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001;
};
