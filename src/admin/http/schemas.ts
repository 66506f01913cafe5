import { z } from 'zod';
import { brandSchema } from '../../brands/brand-schema.js';
import { postSchema } from '../briefs/post-schema.js';
import { durationMs } from '../../config/duration.js';
import { LEAST_QUALITY, USUAL_QUALITY } from '../../imaging/posting-jpeg.js';
import {
  asJson,
  briefField,
  EITHER,
  eitherSentenceOrBrief,
  ideaField,
  pictureFormat,
  sentenceField,
} from './brief-schemas.js';
import { JOB_STAGES, STATUSES, VARIANT_STAGES } from '../../../workflows/contract.js';

const text = z.string().refine((value) => !/[\0\p{Cs}]/u.test(value), 'must hold valid Unicode without NUL');

export const idIn = (name: string) => z.guid(`${name}: must be a UUID`);

export const jpegQuery = z.strictObject({
  quality: z.coerce.number().int().min(LEAST_QUALITY).max(100).default(USUAL_QUALITY),
});

export const tenantName = text.min(1).max(255);

export const outboxId = z.string().regex(/^\d{1,18}$/, 'outboxId: must be a number');

const age = z.string().transform((value, context) => {
  const milliseconds = durationMs(value);
  if (milliseconds === undefined) {
    context.addIssue({ code: 'custom', message: 'must be a duration such as 30s, 10m, 24h or 7d' });
    return z.NEVER;
  }
  return milliseconds;
});
const moment = z.iso
  .datetime({ offset: true, error: 'must be a moment such as 2026-01-31T09:00:00Z' })
  .transform((value) => new Date(value));

/** Both ways to say when: moments, or how long ago. */
const when = {
  before: moment.optional(),
  after: moment.optional(),
  olderThan: age.optional(),
  newerThan: age.optional(),
};

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text.max(300).optional(),
};

export const listQuery = z.strictObject({
  status: z.enum(STATUSES).optional(),
  stage: text.max(100).optional().describe('current_step'),
  tenantId: text.max(255).optional(),
  needsAttention: z
    .stringbool()
    .optional()
    .describe('failed, waiting past its bound, running without owner, not deliverable'),
  underWay: z.stringbool().optional().describe('neither finished nor failed'),
  ...when,
  ...paging,
});
export type ListQuery = z.infer<typeof listQuery>;

export const tonesQuery = z.strictObject({
  tenantId: text.max(255).optional().describe('whose advertisements are the examples; a tenant’s key shows its own'),
});

export const auditQuery = z.strictObject({
  jobId: idIn('jobId').optional(),
  variantId: idIn('variantId').optional(),
  actor: text.max(300).optional(),
  action: text.max(100).optional(),
  ...paging,
});

const note = text.max(1000).optional().describe('why, for the audit');

export const brandBody = brandSchema.extend({ note });

export const noteOnly = z.strictObject({ note }).default({});

const share = z.number().min(0).max(1);
const box = z
  .strictObject({ x: share, y: share, width: share.gt(0), height: share.gt(0) })
  .refine(({ x, y, width, height }) => x + width <= 1 && y + height <= 1, 'hint: must lie within the photo');

export const subjectHint = z.union([box, z.strictObject({ x: share, y: share })]);

export const retryBody = z
  .strictObject({
    from: z.enum(VARIANT_STAGES).optional().describe('the stage to begin from; without it the one it failed at'),
    text: text.min(1).max(1000).optional().describe('another headline, from this retry on'),
    hint: subjectHint.optional().describe('where the dish is on the photo, as shares of it; makes another picture'),
    idea: ideaField.optional().describe('what the picture leads with and says, whole, from this retry on'),
    format: pictureFormat.optional().describe('another shape; makes another picture'),
    tone: text.min(1).max(255).optional().describe('another tone style, by id, code or name; makes another picture'),
    note,
  })
  .default({});

export const subjectHintField = asJson(subjectHint, '{"x": 0.5, "y": 0.6}');

/** Beside the photo itself. */
export const photoEdit = z
  .strictObject({ subjectHint: subjectHintField.optional().describe('where the dish is on it, as JSON'), note })
  .default({});

export const briefEdit = z
  .strictObject({
    sentence: sentenceField.optional().describe('what the shop says; it is split into roles'),
    brief: briefField.optional().describe('the same in roles, taken as they are given'),
    note,
  })
  .refine(eitherSentenceOrBrief, EITHER);

export const postEdit = postSchema.extend({ note });

export const selectBody = z.strictObject({ selected: z.boolean().default(true), note }).prefault({});

export const rerunBody = z.strictObject({ from: z.enum(JOB_STAGES).default('ad_copy_gen_kor'), note }).prefault({});

export const retryManyBody = z.strictObject({
  filter: z.strictObject({
    tenantId: text.max(255).optional(),
    stage: text.max(100).optional(),
    jobIds: z.array(idIn('jobIds')).min(1).max(1000).optional(),
    variantIds: z.array(idIn('variantIds')).min(1).max(1000).optional(),
    reason: text.min(1).max(1000).optional(),
    ...when,
  }),
  from: z.enum(VARIANT_STAGES).optional(),
  limit: z.int().min(1).max(500).default(100),
  note,
});

export const intakeBody = z.strictObject({ tenantId: text.min(1).max(255).optional(), note }).default({});

export const deleteQuery = z.strictObject({
  force: z.stringbool().default(false),
  dryRun: z.stringbool().default(false),
});
