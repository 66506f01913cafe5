import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { EventEmitter } from 'node:events';
import type { Look, Session } from '../check.js';

const ECHO_WITHIN_MS = 3_000;

/**
 * Is a session a session, and is what is said heard? A transaction pooler lends one backend to whoever asks: two open
 * sessions then have the same one, and a LISTEN is forgotten with its transaction.
 */
export const lookAtSessions: Look<'sessions'> = async ({ connect }) => {
  const [listening, speaking] = await Promise.all([connect(), connect()]);
  try {
    if (await areLent(listening, speaking)) return { measured: null, findings: [{ code: 'database-pooled' }] };
    const milliseconds = await echo(listening, speaking);
    return milliseconds === null
      ? { measured: null, findings: [{ code: 'notify-lost', seconds: ECHO_WITHIN_MS / 1_000 }] }
      : { measured: { milliseconds }, findings: [] };
  } finally {
    await Promise.all([listening.end(), speaking.end()]);
  }
};

const backendOf = async (session: Session): Promise<number | undefined> =>
  (await session.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;

/** The first is asked again while the second keeps its backend for a transaction. */
async function areLent(first: Session, second: Session): Promise<boolean> {
  const before = await backendOf(first);
  await second.query('begin');
  try {
    const others = await backendOf(second);
    return others === before || (await backendOf(first)) !== before;
  } finally {
    await second.query('rollback');
  }
}

/** Milliseconds from NOTIFY in one session to the other; null when it did not arrive. */
async function echo(listening: Session, speaking: Session): Promise<number | null> {
  const channel = `feedlyai_doctor_${randomUUID().replaceAll('-', '')}`;
  const ear = new EventEmitter();
  listening.on('notification', () => ear.emit('heard'));
  await listening.query(`listen ${channel}`);
  const began = performance.now();
  const heard = once(ear, 'heard', { signal: AbortSignal.timeout(ECHO_WITHIN_MS) }).then(
    () => performance.now() - began,
    () => null,
  );
  await speaking.query(`notify ${channel}`);
  return heard;
}
