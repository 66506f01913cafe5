import { z } from 'zod';
import { jobBody } from '../common/schemas.js';

export const adCopyGenKorBody = jobBody;
export type AdCopyGenKorBody = z.infer<typeof adCopyGenKorBody>;

export const adCopyGenKorAnswer = z.object({
  job_id: z.string(),
  llm_trace_id: z.string(),
  ad_copy_gen_id: z.string(),
  ad_copy_kor: z.string(),
  status: z.literal('done'),
  provider: z.string(),
  method: z.string().describe('counterpart, composed or translated'),
});
