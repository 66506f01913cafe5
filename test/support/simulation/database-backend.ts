import type { Claim, Claims } from '../../../activities/claims.js';
import { BadInput, Busy } from '../../../activities/failures.js';
import type { AssetStore } from '../../../src/assets/asset-store.js';
import { deliverText } from '../../../src/bridge/deliver-job.js';
import { type Delivery, deliverVariant } from '../../../src/bridge/deliver-variant.js';
import { claimBatch, removeDelivered } from '../../../src/bridge/outbox.js';
import type { Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { createPictureMaker } from '../../../src/generation/picture-maker.js';
import type { GeneratedPicture, PreparedPhoto } from '../../../src/generation/provider.js';
import type { Logger } from '../../../src/log.js';
import { Refusal } from '../../../src/stages/common/refusal.js';
import { createStageRunner } from '../../../src/stages/common/stage-runner.js';
import { effectKey, type ServiceVariantStage, type VariantStage } from '../../../workflows/contract.js';
import { CLAIM_POLICY } from '../claim-policy.js';
import { NO_RUNS } from '../no-runs.js';
import { insertJob, insertText, setVariant } from '../rows.js';
import type { Backend, Sight, Start } from './backend.js';

export interface Hands {
  /** Marked as the bridge's, the worker's, and not at all. */
  bridge: Pool;
  worker: Pool;
  /** The stage service says of each transaction whose it is. */
  stages: Pool;
  foreign: Pool;
  log: Logger;
}

/** Where every effect leaves a mark of its own, beside the rows of the contract. */
export const LEDGER = `create table ledger (id bigint generated always as identity, unit uuid, stage text, generation int)`;

/** The smallest file there is: only its chunks matter, because the provenance is written between them. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
const PREPARED: PreparedPhoto = {
  upright: PNG,
  width: 1,
  height: 1,
  dish: { x: 0, y: 0, width: 1, height: 1 },
  dishConfidence: 0,
  confidence: 0,
  reason: 'test',
  subject: {
    decoration_main: '',
    decoration_sub: '',
    bg_main_color: '',
    bg_floor_color: '',
    best_season: 'all_year',
  },
  engine: { name: 'test', version: '1' },
};

const PICTURE: GeneratedPicture = {
  png: PNG,
  canvas: PNG,
  mask: PNG,
  provenance: {},
  width: 1080,
  height: 1080,
  design: 'test',
  prompt: 'test',
  placement: { x: 0.5, y: 0.5, size: 0.5 },
  engine: { name: 'test', version: '1' },
  milliseconds: 1,
};

/** The real statements: triggers, outbox, bridge, claims, the picture's and the stage service's last transactions. */
export async function openDatabaseBackend(
  hands: Hands,
  options: { hasText: boolean; step?: string; status?: string },
): Promise<Backend> {
  const { bridge, worker, stages, foreign, log } = hands;
  const { jobId, variantIds } = await insertJob(foreign, {
    ...(options.step && { step: options.step }),
    ...(options.status && { status: options.status }),
    ...(!options.hasText && { adCopyKor: null, descKor: null }),
  });
  const variantId = variantIds[0] as string;
  const claims: Claims<VariantStage> = createVariantClaims(worker, {
    ...CLAIM_POLICY,
    maxLostAttempts: 10,
    overlayTextPatienceMs: 5_000,
    picturePatienceMs: 60_000,
  });
  const runner = createStageRunner(stages, 60_000);

  const performStage = async (claim: Claim, stage: ServiceVariantStage, work: () => Promise<void>): Promise<void> => {
    const body = { job_variants_id: variantId, job_id: jobId, tenant_id: 'test' };
    const definition = {
      stage,
      async perform() {
        await work();
        return {
          answer: {},
          write: (client: { query(text: string, values: unknown[]): Promise<unknown> }) =>
            note(client, variantId, stage, claim.generation),
        };
      },
    };
    try {
      await runner.runVariant(definition as never, body, effectKey(variantId, stage, claim.generation));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // As the client sorts them.
      if (error.status === 409) throw new Busy(error.message, 100);
      throw new BadInput(error.message);
    }
  };

  const performPicture = (claim: Claim, work: () => Promise<void>): Promise<void> =>
    createPictureMaker({
      pool: worker,
      assets: {
        read: async () => Buffer.from('a photo'),
        publish: async () => ({ url: '/assets/test.png', path: '', created: true }),
      } as unknown as AssetStore,
      provider: {
        prepare: async () => PREPARED,
        async generate() {
          await work();
          return PICTURE;
        },
      },
      slots: 1,
    }).make(claim, new AbortController().signal);

  const deliveryWith = (start: Start): Delivery => ({
    pool: bridge,
    starter: {
      variant: (view, stage) => start(view.generation, stage),
      // The job's own stages are not part of this.
      job: async () => {},
    },
    runs: NO_RUNS,
    log,
    defaultGeneration: 'internal',
    variantsPerJob: 3,
  });

  return {
    unit: { variantId, jobId },
    claims,
    perform: (claim, work) =>
      claim.stage === 'img_gen'
        ? performPicture(claim, work)
        : performStage(claim, claim.stage as ServiceVariantStage, work),

    async deliver(start, beforeRemoval) {
      const { lease, rows } = await claimBatch(bridge);
      const ours = rows.filter((row) => row.jobId === jobId);
      const d = deliveryWith(start);
      if (ours.some((row) => row.kind === 'text')) await deliverText(d, jobId);
      if (ours.some((row) => row.kind === 'variant')) await deliverVariant(d, variantId);
      if (ours.some((row) => row.kind !== 'job')) await beforeRemoval();
      await removeDelivered(
        bridge,
        lease,
        rows.map((row) => row.outboxId),
      );
      return ours.some((row) => row.kind !== 'job');
    },

    async expireLeases() {
      await bridge.query(`update pipeline.outbox set lease_until = clock_timestamp() - interval '1 s'`);
    },

    async passTime(milliseconds) {
      await bridge.query(`update pipeline.waits set since = since - $2 * interval '1 ms' where unit_id = $1`, [
        variantId,
        milliseconds,
      ]);
    },

    async write(step, status) {
      await setVariant(foreign, variantId, step, status);
    },
    async touch() {
      await foreign.query('update jobs_variants set updated_at = now() where job_variants_id = $1', [variantId]);
    },
    async duplicate() {
      await foreign.query(`select pipeline.leave_event('variant', $1, $2)`, [jobId, variantId]);
    },
    async arriveText() {
      await insertText(foreign, jobId, 'ad_copy_kor', '늦게 온 문구');
    },

    async look(): Promise<Sight> {
      const { rows } = await foreign.query<Sight>(
        `select v.current_step as step, v.status, coalesce(r.generation, 1) as generation, v.retry_count as "retryCount",
                coalesce(r.open, false) as "isOpen",
                array(select c.stage from pipeline.claims c where c.unit_id = $1 and c.generation = r.generation
                       and c.state = 'open' order by c.stage) as "openClaims",
                (select count(*)::integer from pipeline.outbox o where o.job_id = v.job_id and o.kind <> 'job') as events,
                array(select e.stage || ':' || e.generation from
                  (select id, stage, generation from ledger where unit = $1
                   union all
                   select 0, 'img_gen', c.generation from pipeline.claims c join image_assets a
                     on a.image_asset_id = (c.result->>'image_asset_id')::uuid
                    where c.unit_id = $1 and c.stage = 'img_gen' and c.state = 'done') e order by e.id) as effects
           from jobs_variants v left join pipeline.runs r using (job_variants_id) where v.job_variants_id = $1`,
        [variantId],
      );
      return rows[0] as Sight;
    },
  };
}

const note = (
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  unit: string,
  stage: string,
  generation: number,
): Promise<unknown> =>
  client.query('insert into ledger (unit, stage, generation) values ($1, $2, $3)', [unit, stage, generation]);
