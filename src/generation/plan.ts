import type { Pool } from '../db/pool.js';
import { type Season, seasonOf } from '../seasons.js';
import type { PreparedPhoto } from './provider.js';

/** Version of the prompt rows that plans are made with. */
export const PROMPT_VERSION = 'v1';
/** Readers of a plan expect three variants in it, however many the job has. */
const FEWEST_VARIANTS = 3;

/** Contract §8: the seed of variant n, counted from 1. */
export const seedOf = (variantIndex: number): number => 50 + 50 * (variantIndex - 1);

export interface Preset {
  id: string;
  x: number;
  y: number;
  size: number;
  rotation: number;
}

/** What the shop ordered, as far as the plan and the pictures need it. */
export interface PictureBrief {
  promptType: string | null;
  toneStyleId: string | null;
  /** In the order of preset_order; empty when the shop chose no style. */
  presets: Preset[];
  prompt: string | null;
  negativePrompt: string | null;
  /** In which the job was ordered, as its texts say too. */
  season: Season;
  source: { id: string; url: string; creatorId: string | null };
}

/** The preset of a variant: they repeat when there are more variants than presets. */
export const presetFor = ({ presets }: PictureBrief, variantIndex: number): Preset | undefined =>
  presets[(variantIndex - 1) % Math.max(1, presets.length)];

interface BriefRow {
  prompt_type: string | null;
  tone_style_id: string | null;
  presets: Preset[] | null;
  prompt: string | null;
  negative: string | null;
  source_url: string;
  creator_id: string | null;
  month: number;
}

/** With the job's own tone style unless another is given. Undefined when there is no such picture row. */
export async function readBrief(
  pool: Pool,
  jobId: string,
  sourceId: string,
  toneStyleId: string | null = null,
): Promise<PictureBrief | undefined> {
  const { rows } = await pool.query<BriefRow>(
    `select t.eng_name as prompt_type, t.tone_style_id, a.image_url as source_url, a.creator_id,
            extract(month from j.created_at at time zone 'Asia/Seoul')::integer as month, p.prompt ->> 'en' as prompt, p.negative_prompt ->> 'en' as negative,
            (select jsonb_agg(jsonb_build_object('id', s.placement_preset_id, 'x', s.x, 'y', s.y, 'size', s.size,
                                                 'rotation', s.rotation) order by s.preset_order)
               from pbg_placement_presets s where s.prompt_type = t.eng_name) as presets
       from image_assets a
       join jobs j on j.job_id = $1
       left join job_inputs i on i.job_id = j.job_id
       left join tone_styles t on t.tone_style_id = coalesce($4, i.tone_style_id)
       left join lateral (select prompt, negative_prompt from pbg_prompt_assets
                           where prompt_type = t.eng_name and prompt_version = $3
                           order by created_at desc limit 1) p on true
      where a.image_asset_id = $2`,
    [jobId, sourceId, PROMPT_VERSION, toneStyleId],
  );
  const row = rows[0];
  return (
    row && {
      promptType: row.prompt_type,
      toneStyleId: row.tone_style_id,
      presets: row.presets ?? [],
      prompt: row.prompt,
      negativePrompt: row.negative,
      season: seasonOf(row.month),
      source: { id: sourceId, url: row.source_url, creatorId: row.creator_id },
    }
  );
}

export interface PlanFacts {
  jobId: string;
  tenantId: string;
  runId: string;
  variantCount: number;
  canvas: { width: number; height: number };
  brief: PictureBrief;
  prepared: PreparedPhoto;
  uprightUrl: string;
  cutout: { id: string; url: string } | null;
}

/** plan.json with the keys of contract §8, and what the analysis itself says of its cut-out. */
export function makePlan(facts: PlanFacts): object {
  const { brief, prepared, cutout, canvas } = facts;
  const variants = Array.from({ length: Math.max(FEWEST_VARIANTS, facts.variantCount) }, (_, i) => [
    `variant${i + 1}`,
    placementOf(brief, i + 1),
  ]);
  return {
    image: {
      filename: brief.source.url.split('/').at(-1),
      uploaded_url: facts.uprightUrl,
      cutout_url: cutout?.url ?? null,
      src_asset_id: brief.source.id,
      cutout_asset_id: cutout?.id ?? null,
      creator_id: brief.source.creatorId,
    },
    strategy_name: prepared.engine.name,
    subject: prepared.subject,
    meta: { canvas_width: canvas.width, canvas_height: canvas.height, pbg_prompt_version: PROMPT_VERSION },
    tenant_id: facts.tenantId,
    job_id: facts.jobId,
    gen_run_id: facts.runId,
    tone_style_id: brief.toneStyleId,
    tone_style_label: brief.promptType,
    background_prompts: {
      base_prompt: { prompt: basePrompt(brief, prepared), negative_prompt: brief.negativePrompt ?? '' },
      ...Object.fromEntries(variants),
    },
    analysis: {
      dish: prepared.dish,
      confidence: prepared.confidence,
      reason: prepared.reason,
      engine: prepared.engine,
    },
  };
}

function placementOf(brief: PictureBrief, variantIndex: number): object {
  const preset = presetFor(brief, variantIndex);
  return {
    x_percent: percent(preset?.x ?? 0.5),
    y_percent: percent(preset?.y ?? 0.6),
    size_percent: percent(preset?.size ?? 0.75),
    rotation_deg: preset?.rotation ?? 0,
    placement_preset_id: preset?.id ?? null,
    seed: seedOf(variantIndex),
  };
}

const percent = (share: number): number => Math.round(share * 10_000) / 100;

/** The style's prompt, then what the photo asks for. */
function basePrompt({ prompt }: PictureBrief, { subject }: PreparedPhoto): string {
  const season = subject.best_season === 'all_year' ? '' : `, a mood of ${subject.best_season}`;
  const surroundings =
    `decorated with ${subject.decoration_main} and ${subject.decoration_sub}, ` +
    `${subject.bg_main_color} background, ${subject.bg_floor_color} surface${season}`;
  return prompt ? `${prompt}, ${surroundings}` : surroundings;
}
