import { z } from 'zod';
import { IDEA_KINDS, ideaSchema } from '../../brief/idea.js';
import {
  briefNow,
  coverage,
  elements,
  leftOut,
  leftovers,
  pictureFormat,
  postNow,
  warnings,
  words,
} from './brief-schemas.js';

/*
 * What the routes answer, as it travels (moments are texts). For the OpenAPI document and those who generate clients
 * from it; a test holds live answers against these.
 */

const text = z.string();
const maybe = text.nullable();
const count = z.int();
const free = z.record(z.string(), z.unknown());

const place = { step: maybe, status: maybe };

export const variantNow = z.strictObject({
  variantId: text,
  jobId: text,
  ...place,
  generation: count,
  retryCount: count,
  reason: maybe,
  isSettled: z.boolean(),
  isUnderWay: z.boolean().describe('a run works on it, or the event that starts one is on its way'),
});

export const jobNow = z.strictObject({
  jobId: text,
  tenantId: maybe,
  ...place,
  stage: maybe.describe('as recorded; step is the published copy'),
  stageStatus: maybe,
  generation: count,
  reason: maybe,
  isUnderWay: z.boolean(),
  isResting: z.boolean().describe('waits for its English copy'),
  variants: z.array(variantNow),
});

const outcome = {
  outcome: z.enum(['done', 'refused']),
  says: text.describe('for people: what happened, or why not'),
};
const storedPost = postNow.extend({ edited: z.boolean().describe('by the owner; nothing of ours changes it') });
const item = z.strictObject({ variantId: text, ...outcome });

export const variantAnswer = z.strictObject({ ...outcome, variantId: text, before: variantNow, observed: variantNow });
export const retryAnswer = variantAnswer.extend({ warnings });
export const postAnswer = z.strictObject({
  ...outcome,
  jobId: text,
  before: storedPost.nullable(),
  observed: storedPost,
});
export const jobAnswer = z.strictObject({
  ...outcome,
  jobId: text,
  before: jobNow,
  items: z.array(item),
  observed: jobNow,
});
export const briefAnswer = jobAnswer.extend(words);
export const manyAnswer = z.strictObject({ ...outcome, items: z.array(item), left: count });
export const creationAnswer = z.strictObject({
  ...outcome,
  jobId: text,
  variantIds: z.array(text),
  observed: jobNow,
  ...words,
});
/** What would be understood, and made of it. */
export const understanding = z.strictObject(words);
export const deletionAnswer = z.strictObject({
  ...outcome,
  jobId: text,
  before: jobNow.nullable(),
  rows: z.record(z.string(), count).describe('rows by table'),
  files: count,
});
export const intakeAnswer = z.strictObject({
  ...outcome,
  tenantId: maybe,
  resumed: count,
  observed: z.strictObject({ pausedTenants: z.array(maybe).describe('null stands for all'), held: count }),
});
export const redeliveryAnswer = z.strictObject({
  ...outcome,
  outboxId: text,
  observed: z.enum(['on its way', 'dead', 'delivered']),
});

/** The neighbours' answers (contract §9) have names of their own. */
export const neighbourCreated = z.strictObject({ job_id: text, status: z.literal('job_created_and_inputs_submitted') });
export const neighbourResults = z.strictObject({
  job_id: text,
  images: z.array(z.strictObject({ image_url: text })),
  instagram_ad_copy: text,
  hashtags: text,
});
export const neighbourProgress = z.strictObject({
  detail: text.describe('for people'),
  job_id: text,
  current_step: maybe,
  status: maybe,
  reason: maybe,
});

const pageOf = <T extends z.ZodType>(one: T) =>
  z.strictObject({ items: z.array(one), next: maybe.describe('the cursor of the following page') });

const summary = {
  variantId: text,
  ...place,
  reason: maybe,
  retryCount: count,
  pictureUrl: maybe,
  selected: z.boolean(),
  attention: z.array(text),
};

export const jobPage = pageOf(
  z.strictObject({
    jobId: text,
    tenantId: maybe,
    shop: maybe,
    description: maybe,
    tone: maybe,
    ...place,
    generation: count,
    reason: maybe,
    retryCount: count,
    createdAt: text,
    updatedAt: maybe,
    attention: z.array(text),
    variants: z.array(z.strictObject(summary)),
  }),
);

export const variantPage = pageOf(
  z.strictObject({
    ...summary,
    jobId: text,
    tenantId: maybe,
    generation: count,
    createdAt: text,
    updatedAt: maybe,
  }),
);

const attempts = z.array(
  z.strictObject({
    stage: text,
    generation: count,
    state: z.enum(['open', 'done', 'failed']),
    retries: count,
    failures: count,
    lost: count,
    lastEnding: maybe,
    outageSince: maybe,
    reason: maybe,
    openedAt: text,
    updatedAt: text,
  }),
);
const waits = z.array(
  z.strictObject({
    evidence: text,
    stage: text,
    generation: count,
    since: text,
    settledAt: maybe,
    outcome: maybe,
  }),
);
const workflow = { workflowId: text, workflowUrl: maybe };

export const jobDetail = z.strictObject({
  jobId: text,
  tenantId: maybe,
  shop: maybe,
  ...place,
  recorded: z.strictObject({ stage: maybe, status: maybe, generation: count, closed: z.boolean() }),
  imageGeneration: maybe,
  pictureFormat: pictureFormat,
  retryCount: count,
  reason: maybe,
  createdAt: text,
  updatedAt: maybe,
  attention: z.array(text),
  inputs: z.strictObject({ descKor: maybe, descEng: maybe, tone: maybe, photoUrl: maybe }),
  copy: z.array(z.strictObject({ stage: text, korean: maybe, english: maybe, status: maybe, createdAt: text })),
  feed: z.strictObject({ text, hashtags: text, createdAt: text }).nullable(),
  feeds: count,
  brief: z.strictObject({ roles: briefNow, sentence: maybe, leftovers }).nullable(),
  post: storedPost.nullable().describe('what goes with the pictures, from the beginning on'),
  coverage,
  variants: z.array(
    z.strictObject({
      variantId: text,
      ordinal: count,
      ...place,
      selected: z.boolean().nullable(),
      generation: count,
      door: maybe,
      isRunOpen: z.boolean(),
      retryCount: count,
      reason: maybe,
      attention: z.array(text),
      pictures: z.strictObject({ original: maybe, generated: maybe, finished: maybe }),
      overlayText: maybe,
      scores: z.strictObject({
        ocr: free.nullable(),
        readability: free.nullable(),
        iou: free.nullable(),
        judge: free.nullable(),
      }),
      edited: z.strictObject({ generation: count, text: maybe, toneStyleId: maybe, hint: free.nullable() }).nullable(),
      idea: ideaSchema.nullable(),
      ideaEdited: z.boolean(),
      elements,
      leftOut,
      design: maybe,
      format: pictureFormat,
      attempts,
      waits,
      ...workflow,
    }),
  ),
  attempts,
  waits,
  timeline: z.array(
    z.strictObject({
      at: text,
      variantId: maybe,
      what: text,
      stage: maybe,
      generation: count.nullable(),
      actor: maybe,
      note: maybe,
    }),
  ),
  ...workflow,
});

const area = z
  .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .describe('shares of the picture, 0 to 1');
const seen = { score: z.number().nullable(), area };

export const photoAdvice = z.strictObject({
  width: count.describe('upright pixels'),
  height: count,
  format: z.enum(['jpeg', 'png', 'webp', 'heic', 'avif']).describe('by content'),
  advice: z
    .array(
      z.strictObject({
        code: z.enum(['small', 'small_dish', 'dark', 'bright', 'blurred', 'no_dish', 'dish_cut']),
        measured: z.number(),
        limit: z
          .number()
          .describe('at least for small, small_dish, dark, no_dish and dish_cut; at most for the others'),
      }),
    )
    .describe('what could be better, the gravest first; none of it keeps an advertisement from being made'),
  dish: area.nullable().describe('null when nothing stands out from its ground'),
});

export const layersNow = z.strictObject({
  variantId: text,
  picture: z.strictObject({ url: text, width: count.nullable(), height: count.nullable() }).nullable(),
  dishMaskUrl: maybe.describe('0 is the dish, 255 the background'),
  forbiddenMaskUrl: maybe.describe('white where no text may be'),
  detections: z.array(z.strictObject({ label: maybe, ...seen })),
  proposals: z.array(z.strictObject({ source: maybe, ...seen })),
  textBox: area.nullable().describe('where the headline was drawn'),
});

export const designList = z.strictObject({
  items: z.array(
    z.strictObject({
      name: text,
      kind: z.enum(['photo', 'cutout']).describe('shows the photo itself, or the dish cut out of it'),
      suits: z.array(z.enum(IDEA_KINDS)).describe('ideas that it was made for'),
      isForTall: z.boolean().describe('made for drinks, towers and photos held upright'),
    }),
  ),
});

export const toneList = z.strictObject({
  items: z.array(
    z.strictObject({
      toneStyleId: text,
      code: maybe,
      englishName: text,
      koreanName: maybe,
      description: maybe,
      exampleUrl: maybe.describe('the tenant’s newest advertisement finished in this tone'),
    }),
  ),
});

const event = { kind: text, jobId: maybe, variantId: maybe, lastError: maybe };

export const intakeNow = z.strictObject({
  outbox: z.strictObject({ waiting: count, held: count, oldestSeconds: z.number(), dead: count }),
  oldestWaiting: z.array(z.strictObject({ ...event, since: text })),
  deadLetters: z.array(z.strictObject({ ...event, outboxId: text, attempts: count, deadAt: text })),
  pauses: z.array(z.strictObject({ tenantId: maybe, actor: text, note: maybe, since: text })),
});

export const queuesNow = z.strictObject({
  items: z.array(
    z.strictObject({
      queue: text,
      kind: z.enum(['workflow', 'activity']),
      pollers: z.array(z.strictObject({ identity: text, lastAccess: maybe })),
      backlog: count,
      oldestSeconds: z.number(),
      busy: count.nullable(),
      slotsPerWorker: count.nullable(),
    }),
  ),
});

export const auditPage = pageOf(
  z.strictObject({
    auditId: text,
    at: text,
    actor: text,
    action: text,
    jobId: maybe,
    variantId: maybe,
    before: free.nullable(),
    after: free.nullable(),
    note: maybe,
  }),
);
