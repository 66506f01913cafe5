import pg from 'pg';
import { pino } from 'pino';
import { createPool } from '../../../src/db/pool.js';
import type { Check, Measurements, Patient, Seen } from '../../../src/doctor/check.js';
import { CHECKS } from '../../../src/doctor/checks.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

export interface Examined {
  database: TestDatabase;
  patient: Patient;
  close(): Promise<void>;
}

const NOWHERE = 'http://127.0.0.1:1';

/** A database of its own, and nothing else: what is looked at elsewhere is not there. */
export async function openPatient(extra: Partial<Patient> = {}): Promise<Examined> {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.url, name: 'doctor', size: 4, log: pino({ level: 'silent' }) });
  return {
    database,
    patient: {
      pool,
      url: database.url,
      temporal: undefined as never,
      serverUrl: NOWHERE,
      stagesUrl: NOWHERE,
      stagesArePeer: false,
      assetsDir: '/',
      dataDir: '/',
      connect: () => openSession(database.url),
      ...extra,
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

/** What somebody else's program opens. */
export async function openSession(url: string, name = 'foreign'): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url, application_name: name });
  session.on('error', () => {});
  await session.connect();
  return session;
}

/** One check as the command makes it. */
export const look = <N extends Check['name']>(name: N, patient: Patient): Promise<Seen<N>> => {
  const check = CHECKS.find((one) => one.name === name);
  if (!check) throw new Error(`there is no check ${name}`);
  return check.look(patient) as unknown as Promise<Seen<N>>;
};

export const codesOf = ({ findings }: Seen<keyof Measurements>): string[] => findings.map(({ code }) => code);
