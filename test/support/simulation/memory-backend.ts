import type { Claim, ClaimAnswer, Claims, Ending, StageOrder } from '../../../activities/claims.js';
import { Busy } from '../../../activities/failures.js';
import { decide } from '../../../src/bridge/decide.js';
import { stageCalledFor } from '../../../src/db/variant-claims.js';
import { INPUT_STEP, stageBefore, VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import type { Backend, Sight, Start } from './backend.js';

const GRACE_MS = 1_000;
const PATIENCE_MS = 5_000;
const MAX_LOST = 10;

interface ModelClaim {
  token: number;
  state: 'open' | 'done' | 'failed';
  failures: number;
  lost: number;
  retries: number;
  lastEnding: Ending | null;
  isAway: boolean;
}

interface Event {
  kind: 'variant' | 'text';
  isLeased: boolean;
}

const orderOf = (step: string): number => (VARIANT_STAGES as readonly string[]).indexOf(step);
/** NaN for `failed`, which is neither before nor behind anything. */
const progress = (step: string, status: string): number => {
  const place = ['queued', 'running', 'done'].indexOf(status);
  return place < 0 ? Number.NaN : 3 * orderOf(step) + place;
};
const isSettled = (step: string, status: string): boolean =>
  status === 'failed' || (step === 'iou_eval' && status === 'done');
/** What the rows and the statements of `sql/` and `src/db` amount to for one variant, in a page. Its copy in the database
 * is compared with it (`test/db/properties/claims.test.ts`), so that what is simulated with it is worth something. */
export class MemoryBackend implements Backend {
  readonly unit = { variantId: '00000000-0000-4000-8000-000000000001', jobId: '00000000-0000-4000-8000-000000000002' };
  private step = INPUT_STEP as string;
  private status = 'done';
  private retryCount = 0;
  private generation = 1;
  private isOpen = false;
  private established: { step: string; status: string } | null = null;
  private readonly stages = new Map<string, ModelClaim>();
  private wait: { generation: number; since: number; isSettled: boolean } | null = null;
  private events: Event[] = [];
  private now = 0;
  private tokens = 0;
  private readonly effects: string[] = [];
  readonly claims: Claims<VariantStage>;

  constructor(
    private hasText: boolean,
    start: { step: string; status: string } = { step: INPUT_STEP, status: 'done' },
  ) {
    this.step = start.step;
    this.status = start.status;
    this.leaveEvent('variant');
    this.claims = {
      claim: async (order, stage) => this.claim(order, stage),
      release: async (claim, ending) => this.release(claim, ending),
      fail: async (claim) => this.fail(claim),
      failUnclaimed: async (order, stage) => this.failUnclaimed(order, stage),
      findWork: async () => this.findWork(),
    };
  }

  async look(): Promise<Sight> {
    return {
      step: this.step,
      status: this.status,
      generation: this.generation,
      retryCount: this.retryCount,
      isOpen: this.isOpen,
      openClaims: VARIANT_STAGES.filter((stage) => this.stages.get(`${stage}:${this.generation}`)?.state === 'open'),
      events: this.events.length,
      effects: [...this.effects],
    };
  }

  // ------------------------------------------------------------------------------------------------- foreign hands

  async write(step: string, status: string): Promise<void> {
    if (step === this.step && status === this.status) return;
    if (isSettled(this.step, this.status) && !isSettled(step, status)) {
      this.generation++;
      this.isOpen = false;
      this.established = null;
    }
    this.step = step;
    this.status = status;
    this.leaveEvent('variant');
  }

  async touch(): Promise<void> {}

  async duplicate(): Promise<void> {
    this.leaveEvent('variant');
  }

  async arriveText(): Promise<void> {
    this.hasText = true;
    this.leaveEvent('text');
  }

  async passTime(milliseconds: number): Promise<void> {
    this.now += milliseconds;
  }

  private leaveEvent(kind: Event['kind']): void {
    this.events.push({ kind, isLeased: false });
  }

  /** A marked write: recorded as what this system established, and no event. */
  private own(step: string, status: string): void {
    this.step = step;
    this.status = status;
    this.established = { step, status };
    if (isSettled(step, status)) this.isOpen = false;
  }

  // ---------------------------------------------------------------------------------------------------- the bridge

  async expireLeases(): Promise<void> {
    for (const event of this.events) event.isLeased = false;
  }

  async deliver(start: Start, beforeRemoval: () => Promise<void>): Promise<boolean> {
    const batch = this.events.filter((event) => !event.isLeased);
    if (batch.length === 0) return false;
    for (const event of batch) event.isLeased = true;
    if (batch.some((event) => event.kind === 'text') && this.wait && !this.wait.isSettled)
      await this.lookAt(start, true);
    if (batch.some((event) => event.kind === 'variant')) await this.lookAt(start, false);
    await beforeRemoval();
    this.events = this.events.filter((event) => !batch.includes(event));
    return true;
  }

  private async lookAt(start: Start, evidenceArrived: boolean): Promise<void> {
    const seen = { step: this.step, status: this.status, generation: this.generation, established: this.established };
    const decision =
      evidenceArrived && this.isOpen
        ? ({ action: 'look again' } as const)
        : decide(
            { step: this.step, status: this.status, hasPicture: true },
            {
              imageGeneration: 'internal',
              pictureIsGenerated: false,
              runIsOpen: this.isOpen,
              established: this.established,
            },
          );
    if (decision.action === 'nothing') return;
    if (decision.action === 'restore') {
      const { established } = this;
      if (
        this.isOpen &&
        this.generation === seen.generation &&
        established?.step === seen.established?.step &&
        established?.status === seen.established?.status &&
        this.step === seen.step &&
        this.status === seen.status &&
        established
      )
        this.own(established.step, established.status);
    }
    await start(seen.generation, decision.action === 'start' ? decision.stage : 'img_gen');
    if (decision.action !== 'start') return;
    if (isSettled(this.step, this.status) || this.generation !== seen.generation) return;
    this.isOpen = true;
    const before = decision.publish && (stageBefore(decision.publish) ?? INPUT_STEP);
    if (decision.publish && this.step === before && this.status === 'done') this.own(decision.publish, 'queued');
  }

  // --------------------------------------------------------------------------------------------------- the far side

  async perform(claim: Claim, work: () => Promise<void>): Promise<void> {
    const effect = `${claim.stage}:${claim.generation}`;
    if (this.effects.includes(effect)) return; // the saved answer
    await work();
    const known = this.stages.get(effect);
    if (this.effects.includes(effect)) return;
    const isFurther = orderOf(this.step) > orderOf(claim.stage);
    if (this.generation !== claim.generation || known?.state !== 'open' || isFurther) throw new Busy('refused', 100);
    this.effects.push(effect);
    known.state = 'done';
    this.own(claim.stage, 'done');
  }

  // --------------------------------------------------------------------------------------------------------- claims

  private claim(order: StageOrder, stage: VariantStage): ClaimAnswer<VariantStage> {
    const granted = this.tryClaim(order, stage);
    if (granted) return granted;
    const next = stageCalledFor(this.step, this.status);
    if (order.generation !== this.generation) {
      return next
        ? { kind: 'continue', stage: next, generation: this.generation }
        : { kind: 'over', reason: 'settled' };
    }
    const { established } = this;
    if (established && progress(this.step, this.status) < progress(established.step, established.status)) {
      this.own(established.step, established.status);
      const then = stageCalledFor(this.step, this.status);
      return then
        ? { kind: 'continue', stage: then, generation: this.generation }
        : { kind: 'over', reason: 'settled' };
    }
    if (this.step === stage && this.status === 'done') return { kind: 'done' };
    const known = this.stages.get(`${stage}:${order.generation}`);
    if (known?.state === 'open' && known.lost >= MAX_LOST) {
      this.failUnclaimed(order, stage);
      return { kind: 'over', reason: 'lost' };
    }
    if (stage === 'overlay' && next === 'overlay') return this.waitForText(order);
    if (next && next !== stage) return { kind: 'continue', stage: next, generation: this.generation };
    return { kind: 'over', reason: 'nothing to do' };
  }

  private tryClaim(order: StageOrder, stage: VariantStage): ClaimAnswer<VariantStage> | undefined {
    const key = `${stage}:${order.generation}`;
    const known = this.stages.get(key);
    const isReady =
      (this.step === stage && (this.status === 'queued' || this.status === 'running')) ||
      (this.step === (stageBefore(stage) ?? INPUT_STEP) && this.status === 'done');
    if (order.generation !== this.generation || !isReady) return undefined;
    if (known && (known.state !== 'open' || known.lost >= MAX_LOST)) return undefined;
    if (stage === 'overlay' && !this.hasText) return undefined;
    const claim: ModelClaim = known ?? {
      token: 0,
      state: 'open',
      failures: 0,
      lost: 0,
      retries: 0,
      lastEnding: 'handed_over',
      isAway: false,
    };
    if (claim.lastEnding === null || claim.lastEnding === 'failed') claim.retries++;
    if (claim.lastEnding === null) claim.lost++;
    claim.lastEnding = null;
    claim.token = ++this.tokens;
    this.stages.set(key, claim);
    if (this.wait) this.wait.isSettled = true;
    this.retryCount = [...this.stages]
      .filter(([name]) => name.endsWith(`:${order.generation}`))
      .reduce((sum, [, each]) => sum + each.retries, 0);
    this.own(stage, 'running');
    return {
      kind: 'granted',
      claim: {
        ...order,
        stage,
        token: String(claim.token),
        openedAt: new Date(0),
        inputs: {},
        tenantId: 'test',
        failures: claim.failures,
        outageMs: claim.isAway ? 1 : 0,
      },
    };
  }

  private waitForText(order: StageOrder): ClaimAnswer<VariantStage> {
    if (this.wait?.generation !== order.generation)
      this.wait = { generation: order.generation, since: this.now, isSettled: false };
    this.wait.isSettled = false;
    const left = PATIENCE_MS - (this.now - this.wait.since);
    if (left > 0) return { kind: 'wait', evidence: 'ad_copy_kor', waitMs: Math.min(left, GRACE_MS) };
    this.failUnclaimed(order, 'overlay');
    return { kind: 'over', reason: 'no text' };
  }

  private held(claim: Claim): ModelClaim | undefined {
    const known = this.stages.get(`${claim.stage}:${claim.generation}`);
    return known?.state === 'open' && String(known.token) === claim.token ? known : undefined;
  }

  private release(claim: Claim, ending: Ending): void {
    const known = this.held(claim);
    if (!known) return;
    known.lastEnding = ending;
    if (ending === 'failed') known.failures++;
    known.isAway = ending === 'outage';
  }

  private fail(claim: Claim): boolean {
    const known = this.held(claim);
    if (!known) return false;
    known.state = 'failed';
    this.own(claim.stage, 'failed');
    return true;
  }

  private failUnclaimed(order: StageOrder, stage: string): void {
    if (order.generation !== this.generation || isSettled(this.step, this.status)) return;
    for (const [key, claim] of this.stages)
      if (key.endsWith(`:${order.generation}`) && claim.state === 'open') claim.state = 'failed';
    if (this.wait) this.wait.isSettled = true;
    this.own(stage, 'failed');
  }

  private findWork(): { stage: VariantStage; generation: number } | null {
    const stage = stageCalledFor(this.step, this.status);
    return stage ? { stage, generation: this.generation } : null;
  }
}
