import type { Answer, ServiceStage, StageBench, Variant } from './stage-bench.js';

export const SERVICE_STAGES = [
  'vlm_analyze',
  'yolo_detect',
  'planner',
  'overlay',
  'vlm_judge',
  'ocr_eval',
  'readability_eval',
  'iou_eval',
] as const;

/** The body the pipeline sends for a stage of this variant. */
export const bodyFor = async (
  bench: StageBench,
  variant: Variant,
  stage: ServiceStage,
  text = '든든한 부대찌개',
): Promise<object> => {
  const [overlay] = await bench.query<{ overlay_id: string }>(
    'select overlay_id from overlay_layouts where job_variants_id = $1 order by created_at desc limit 1',
    [variant.variantId],
  );
  const needsOverlay = ['ocr_eval', 'readability_eval', 'iou_eval'].includes(stage);
  return {
    ...bench.ids(variant),
    ...(stage === 'overlay' && { text }),
    ...(needsOverlay && { overlay_id: overlay?.overlay_id ?? '00000000-0000-4000-8000-000000000000' }),
  };
};

/**
 * Takes a variant through its stages as the pipeline does, each under a claim: up to and including `last`, or from one
 * stage to the end.
 */
export async function walkVariant(
  bench: StageBench,
  variant: Variant,
  text: string,
  until: ServiceStage | { from: ServiceStage } = 'iou_eval',
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const stages =
    typeof until === 'string' ? SERVICE_STAGES : SERVICE_STAGES.slice(SERVICE_STAGES.indexOf(until.from as 'planner'));
  for (const stage of stages) {
    const { key } = await bench.claim(stage, { unitId: variant.variantId, jobId: variant.jobId });
    answers.push(await bench.call(stage, await bodyFor(bench, variant, stage, text), key));
    if (answers.at(-1)?.status !== 200) throw new Error(`${stage}: ${JSON.stringify(answers.at(-1))}`);
    if (stage === until) break;
  }
  return answers;
}
