import { z } from 'zod';
import { optionalShare, optionalText, text, variantIds } from '../common/schemas.js';

export const plannerBody = z.object({
  ...variantIds,
  asset_url: optionalText,
  detections: z
    .object({
      boxes: z.array(z.array(z.number()).length(4)).max(1000).nullish().describe('x1, y1, x2, y2 in pixels'),
      labels: z.array(text).nullish(),
      confidences: z.array(z.number()).nullish(),
      forbidden_mask_url: optionalText,
    })
    .nullish(),
  min_overlay_width: optionalShare.describe('share of the width, 0.5 when not given'),
  min_overlay_height: optionalShare.describe('share of the height, 0.12 when not given'),
  max_proposals: z.int().min(1).max(100).nullish(),
  max_forbidden_iou: optionalShare,
});
export type PlannerBody = z.infer<typeof plannerBody>;

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export const proposalItem = z.object({
  proposal_id: z.string(),
  xywh: z.array(z.number()).describe('x, y, width, height, 0..1, top-left origin'),
  source: z.string(),
  color: z.string(),
  size: z.number(),
  score: z.number(),
  occlusion_iou: z.number(),
  area: z.number().optional(),
  coverage: z.number().optional().describe('share of the proposal that lies over what is forbidden'),
  detail: z.number().optional().describe('how busy the picture is there, 0 calm .. 1 busy'),
});
export type ProposalItem = z.infer<typeof proposalItem>;

export const plannerAnswer = z.object({
  job_id: z.string(),
  proposal_id: z.string().nullable(),
  proposals: z.array(proposalItem),
  forbidden: box.nullable(),
});
