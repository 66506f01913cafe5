import type { Pool } from '../../db/pool.js';
import { NotFound } from '../trouble.js';

/** Shares of the picture, 0..1. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layers {
  variantId: string;
  /** The generated picture, which everything here lies on; in pixels. */
  picture: { url: string; width: number | null; height: number | null } | null;
  /** One channel, 255 = background, 0 = dish. */
  dishMaskUrl: string | null;
  /** White where no text may be. */
  forbiddenMaskUrl: string | null;
  detections: { label: string | null; score: number | null; area: Area }[];
  proposals: { source: string | null; score: number | null; area: Area }[];
  /** Where the headline was drawn. */
  textBox: Area | null;
}

/** What the stages saw on a variant's picture: the newest finding of each. @throws NotFound */
export async function readLayers(pool: Pool, variantId: string): Promise<Layers> {
  const { rows } = await pool.query<{ layers: Layers }>(LAYERS, [variantId]);
  if (!rows[0]) throw new NotFound(`there is no variant ${variantId}`);
  return rows[0].layers;
}

// The newest run's mask says which detections are meant; those of other programs have no run.
const LAYERS = `
select jsonb_build_object(
  'variantId', v.job_variants_id,
  'picture', case when b.image_url is not null then jsonb_build_object('url', b.image_url, 'width', b.width, 'height', b.height) end,
  'dishMaskUrl', (select m.image_url from gen_variants g join image_assets m on m.image_asset_id = g.mask_asset_id
                   where g.bg_asset_id = v.img_asset_id limit 1),
  'forbiddenMaskUrl', run.mask_url,
  'detections', (
    select coalesce(jsonb_agg(jsonb_build_object('label', d.label, 'score', d.score, 'area', jsonb_build_object(
             'x', (d.box->>0)::float8 / b.width, 'y', (d.box->>1)::float8 / b.height,
             'width', ((d.box->>2)::float8 - (d.box->>0)::float8) / b.width,
             'height', ((d.box->>3)::float8 - (d.box->>1)::float8) / b.height)) order by d.score desc), '[]')
      from detections d
     where d.job_id = v.job_id and d.image_asset_id = v.img_asset_id and b.width > 0 and b.height > 0
       and jsonb_typeof(d.box) = 'array' and jsonb_array_length(d.box) = 4
       and (d.detection_id = any(run.detection_ids)
            or not exists (select from pipeline.detection_runs o where d.detection_id = any(o.detection_ids)))),
  'proposals', (
    select coalesce(jsonb_agg(jsonb_build_object('source', p.item->>'source', 'score', p.item->'score', 'area', jsonb_build_object(
             'x', p.item->'xywh'->0, 'y', p.item->'xywh'->1, 'width', p.item->'xywh'->2, 'height', p.item->'xywh'->3))
           order by p.rank), '[]')
      from (select item, rank from jsonb_array_elements(plan.layout->'proposals') with ordinality as one (item, rank)
             where jsonb_typeof(item->'xywh') = 'array' and jsonb_array_length(item->'xywh') = 4) p),
  'textBox', (
    select coalesce(case when jsonb_typeof(o.layout->'text_box') = 'object' then o.layout->'text_box' end, jsonb_build_object(
             'x', o.x_ratio, 'y', o.y_ratio, 'width', o.width_ratio, 'height', o.height_ratio))
      from overlay_layouts o where o.job_variants_id = v.job_variants_id order by o.created_at desc limit 1)) as layers
  from jobs_variants v
  left join image_assets b on b.image_asset_id = v.img_asset_id
  left join lateral (select mask_url, detection_ids from pipeline.detection_runs r
                      where r.job_variants_id = v.job_variants_id and r.image_asset_id = v.img_asset_id
                      order by generation desc limit 1) run on true
  left join lateral (select case when jsonb_typeof(p.layout->'proposals') = 'array' then p.layout
                                 else '{"proposals": []}'::jsonb end as layout
                       from planner_proposals p where p.image_asset_id = v.img_asset_id
                      order by p.created_at desc limit 1) plan on true
 where v.job_variants_id = $1`;
