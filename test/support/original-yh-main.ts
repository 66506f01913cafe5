import { type PeerCall, startOriginalYh } from './original-yh.js';

/*
 * The stand-in for the original stage service as a process that can be killed. Each call is told to the parent; those
 * that the parent names stand still in their model for ever.
 */
const tell = (message: unknown): void => void process.send?.(message);

let standStill: PeerCall[] = [];
const yh = await startOriginalYh(process.env.DATABASE_URL as string, Number(process.env.PORT));
yh.faults((stage, unitId) => {
  tell({ stage, unitId } satisfies PeerCall);
  const stands = standStill.some((call) => call.stage === stage && call.unitId === unitId);
  return stands ? { model: new Promise(() => {}) } : undefined;
});
process.on('message', (calls: PeerCall[]) => {
  standStill = calls;
  tell('heard');
});
process.once('disconnect', () => process.exit(0));
tell('ready');
