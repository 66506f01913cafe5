import fc from 'fast-check';
import { attempt } from '../../../activities/attempt.js';
import { Away, BadInput, Busy } from '../../../activities/failures.js';
import { STATUSES, VARIANT_STAGES, type VariantStage } from '../../../workflows/contract.js';
import type { Backend, Sight } from './backend.js';
import { type StageActivities, SimulatedTemporal } from './temporal.js';
import { Turns } from './turns.js';

/** One thing that happens. A number picks among those that it may happen to. */
export type Move =
  | { kind: 'step'; pick: number }
  | { kind: 'bridge' }
  | { kind: 'bridge dies' }
  | { kind: 'worker is lost'; pick: number }
  | { kind: 'stage stumbles' }
  | { kind: 'service is away' }
  | { kind: 'input is bad' }
  | { kind: 'touched' }
  | { kind: 'told twice' }
  | { kind: 'text arrives' }
  | { kind: 'cancelled' }
  | { kind: 'written'; step: string; status: string };

const plain = <K extends Move['kind']>(kind: K) => fc.constant({ kind } as Extract<Move, { kind: K }>);

const stepping = fc.record({ kind: fc.constant('step' as const), pick: fc.nat({ max: 7 }) });
const losing = fc.record({ kind: fc.constant('worker is lost' as const), pick: fc.nat({ max: 3 }) });
const writing = fc.record({
  kind: fc.constant('written' as const),
  step: fc.constantFrom('user_img_input', ...VARIANT_STAGES),
  status: fc.constantFrom(...STATUSES),
});

/** Where a row may come in; near the end of the road a short run meets what others only meet after a hundred turns. */
export const entrances = fc.record({
  step: fc.constantFrom(...VARIANT_STAGES, 'iou_eval' as const, 'readability_eval' as const),
  status: fc.constant('queued'),
});

/** What must change nothing but the way: the end is the same whatever of it happens, and whenever. */
export const disturbances = fc.array<Move>(
  fc.oneof(
    { weight: 12, arbitrary: stepping },
    { weight: 4, arbitrary: plain('bridge') },
    { weight: 1, arbitrary: plain('bridge dies') },
    { weight: 1, arbitrary: losing },
    { weight: 1, arbitrary: plain('service is away') },
    { weight: 1, arbitrary: plain('touched') },
    { weight: 2, arbitrary: plain('told twice') },
  ),
  { maxLength: 120 },
);

/** Whatever neighbours and operators may do besides. */
export const meddling = fc.array<Move>(
  fc.oneof(
    { weight: 14, arbitrary: stepping },
    { weight: 4, arbitrary: plain('bridge') },
    { weight: 1, arbitrary: plain('bridge dies') },
    { weight: 1, arbitrary: losing },
    { weight: 1, arbitrary: plain('stage stumbles') },
    { weight: 1, arbitrary: plain('input is bad') },
    { weight: 1, arbitrary: plain('told twice') },
    { weight: 1, arbitrary: plain('text arrives') },
    { weight: 1, arbitrary: plain('cancelled') },
    { weight: 3, arbitrary: writing },
  ),
  { maxLength: 120 },
);

export interface Ending extends Sight {
  /** Runs that were started, and whether one is still open. */
  runs: number;
  hasOpenRun: boolean;
  /** How often each disturbance took effect. */
  stumbles: number;
  lost: number;
  /** Generations that ended as cancelled, and those that were current when somebody cancelled. */
  cancelled: number[];
  toldToCancel: number[];
}

/** More turns than any sequence of moves can need: whoever takes more goes in circles. */
const MOST_TURNS = 2_000;

/**
 * Plays the moves, then lets everybody go on undisturbed until nobody has anything left to do. Rows, statements and the
 * far side are the backend's; bridge decisions, the attempt and the workflow are the real ones.
 */
export async function simulate(backend: Backend, moves: Move[]): Promise<Ending> {
  const turns = new Turns();
  let bridgesToDie = 0;
  const mishaps: Error[] = [];
  let stumbles = 0;
  let lost = 0;
  const cancelled: number[] = [];
  const toldToCancel: number[] = [];

  const performed = (stage: VariantStage) =>
    attempt(backend.claims, { maxRetries: 3, outagePatienceMs: 1e9 }, stage, (claim) =>
      backend.perform(claim, async () => {
        await turns.take(`${stage} at work`);
        const mishap = mishaps.shift();
        if (!mishap) return;
        if (!(mishap instanceof Away || mishap instanceof Busy)) stumbles++;
        throw mishap;
      }),
    );
  const temporal = new SimulatedTemporal(turns, backend.unit, {
    activities: Object.fromEntries(VARIANT_STAGES.map((stage) => [stage, performed(stage)])) as StageActivities,
    findWork: () => backend.claims.findWork(backend.unit.variantId),
    recordFailure: async (order, stage, reason) => {
      const before = await backend.look();
      await backend.claims.failUnclaimed(order, stage, reason);
      const after = await backend.look();
      if (reason === 'cancelled' && before.status !== 'failed' && after.status === 'failed')
        cancelled.push(after.generation);
    },
    passTime: (milliseconds) => backend.passTime(milliseconds),
  });

  const mayDie = async (label: string): Promise<void> => {
    await turns.take(label);
    if (bridgesToDie === 0) return;
    bridgesToDie--;
    throw new BridgeDied();
  };
  const deliver = (): Promise<boolean> =>
    new Promise((resolve) =>
      turns.act(async () => {
        try {
          const found = await backend.deliver(
            async (generation, stage) => {
              await mayDie('bridge calls');
              temporal.signalWithStart(generation, stage);
              await mayDie('bridge heard');
            },
            () => mayDie('bridge removes'),
          );
          resolve(found);
        } catch (error) {
          if (!(error instanceof BridgeDied)) throw error;
          await backend.expireLeases();
          resolve(true);
        }
      }),
    );

  for (const move of moves) {
    await turns.settle();
    switch (move.kind) {
      case 'step':
        await turns.step(move.pick);
        break;
      case 'bridge':
        void deliver();
        break;
      case 'bridge dies':
        bridgesToDie++;
        break;
      case 'worker is lost':
        if (temporal.loseAttempt(move.pick)) lost++;
        break;
      case 'stage stumbles':
        mishaps.push(new Error('stumbled'));
        break;
      case 'service is away':
        mishaps.push(new Away('away', 10));
        break;
      case 'input is bad':
        mishaps.push(new BadInput('bad'));
        break;
      case 'touched':
        await backend.touch();
        break;
      case 'told twice':
        await backend.duplicate();
        break;
      case 'text arrives':
        await backend.arriveText();
        break;
      case 'cancelled':
        if (temporal.hasOpenRun) toldToCancel.push((await backend.look()).generation);
        temporal.cancel();
        break;
      case 'written':
        await backend.write(move.step, move.status);
        break;
    }
  }

  // From here on nothing goes wrong any more.
  bridgesToDie = 0;
  mishaps.length = 0;
  await turns.settle();
  await backend.expireLeases();
  for (;;) {
    if (turns.taken > MOST_TURNS) throw new Error(`going in circles: ${turns.labels.join(', ')}`);
    if (await turns.step(0, false)) continue;
    const isThere = { found: false };
    void deliver().then((found) => Object.assign(isThere, { found }));
    await turns.settle();
    if (isThere.found || turns.labels.length > 0) continue;
    if ((await backend.look()).events === 0) break;
  }
  const { runs, hasOpenRun } = temporal;
  return { ...(await backend.look()), runs, hasOpenRun, stumbles, lost, cancelled, toldToCancel };
}

class BridgeDied extends Error {}
