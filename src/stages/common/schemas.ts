import { z } from 'zod';

/** PostgreSQL stores neither NUL nor half a surrogate pair; better to say so than to fail at the insert. */
export const text = z
  .string()
  .refine((value) => !/[\0\p{Cs}]/u.test(value), 'String should hold valid Unicode without NUL');
/** Absent and null mean the same, as in the original's optional fields. */
export const optionalText = text.nullish();

const share = z.number().min(0).max(1);
export const optionalShare = share.nullish();

/** What the eight variant endpoints have in common. */
export const variantIds = {
  job_variants_id: text,
  job_id: text,
  tenant_id: text,
};

export const evaluationBody = z.object({ ...variantIds, overlay_id: text });
export const jobBody = z.object({ job_id: text, tenant_id: text });
