import type { JobStage, VariantStage } from '../workflows/contract.js';
import type { AttemptPolicy } from './attempt.js';
import type { Claims } from './claims.js';
import { createPictureActivities, type PictureMaker } from './picture.js';
import { createRowActivities } from './rows.js';
import { createJobStageActivities, createVariantStageActivities, type StageService } from './stages.js';

export interface ActivityDependencies {
  variants: Claims<VariantStage>;
  jobs: Claims<JobStage>;
  service: StageService;
  pictures: PictureMaker;
  variantPolicy: AttemptPolicy;
  jobPolicy: AttemptPolicy;
}

/** Activities of the queue `ad-pipeline`: stage calls and looks at rows. */
export const createPipelineActivities = (d: ActivityDependencies) => ({
  ...createVariantStageActivities(d.variants, d.service, d.variantPolicy),
  ...createJobStageActivities(d.jobs, d.service, d.jobPolicy),
  ...createRowActivities(d.variants, d.jobs),
});

/** Activities of the queue `image-generation`, which has slots of its own. */
export const createImageActivities = (d: Pick<ActivityDependencies, 'variants' | 'pictures' | 'variantPolicy'>) =>
  createPictureActivities(d.variants, d.pictures, d.variantPolicy);

export type Activities = ReturnType<typeof createPipelineActivities> & ReturnType<typeof createImageActivities>;
