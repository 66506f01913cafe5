import type { JobStage, ServiceVariantStage, VariantStage } from '../workflows/contract.js';
import { type AttemptPolicy, attempt } from './attempt.js';
import type { Claim, Claims } from './claims.js';

/** The stage service: performs a claimed stage, and its final transaction leaves the row done. */
export interface StageService {
  perform(claim: Claim, signal: AbortSignal): Promise<void>;
}

export const createVariantStageActivities = (
  claims: Claims<VariantStage>,
  service: StageService,
  policy: AttemptPolicy,
) => {
  const stage = <S extends ServiceVariantStage>(name: S) =>
    attempt(claims, policy, name, (claim, signal) => service.perform(claim, signal));
  return {
    vlm_analyze: stage('vlm_analyze'),
    yolo_detect: stage('yolo_detect'),
    planner: stage('planner'),
    overlay: stage('overlay'),
    vlm_judge: stage('vlm_judge'),
    ocr_eval: stage('ocr_eval'),
    readability_eval: stage('readability_eval'),
    iou_eval: stage('iou_eval'),
  } satisfies Record<ServiceVariantStage, unknown>;
};

export const createJobStageActivities = (claims: Claims<JobStage>, service: StageService, policy: AttemptPolicy) => {
  const stage = <S extends JobStage>(name: S) =>
    attempt(claims, policy, name, (claim, signal) => service.perform(claim, signal));
  return {
    ad_copy_gen_kor: stage('ad_copy_gen_kor'),
    instagram_feed_gen: stage('instagram_feed_gen'),
  } satisfies Record<JobStage, unknown>;
};
