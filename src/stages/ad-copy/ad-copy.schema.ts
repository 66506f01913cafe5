import { z } from 'zod';
import { jobBody, optionalText } from '../common/schemas.js';

export const adCopyBody = z.object({
  ...jobBody.shape,
  desc_kor: optionalText.describe("the shop's own words; the job's when not given"),
});
export type AdCopyBody = z.infer<typeof adCopyBody>;

export const adCopyAnswer = z.object({
  job_id: z.string(),
  tenant_id: z.string(),
  ad_copy_eng: z.string(),
  ad_copy_kor: z.string(),
  provider: z.string(),
  model: z.string(),
});
