import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool } from '../../../src/db/pool.js';
import { lookAtDisk } from '../../../src/doctor/checks/disk.js';
import { lookAtDrawing } from '../../../src/doctor/checks/drawing.js';
import { lookAtOutbox } from '../../../src/doctor/checks/outbox.js';
import { FONT_FACES } from '../../../src/imaging/fonts.js';
import { languageFiles } from '../../../src/imaging/ocr/language-files.js';
import { createEmptyDatabase } from '../../support/database.js';
import { insertJob } from '../../support/rows.js';
import { codesOf, type Examined, look, openPatient, openSession } from './patient.js';

let examined: Examined;
beforeEach(async () => {
  examined = await openPatient();
});
afterEach(() => examined?.close());

const run = (statement: string, values: unknown[] = []) => examined.patient.pool.query(statement, values);

describe('the schema', () => {
  it('is measured where it is as it should be, others’ tables with it', async () => {
    await run('create table theirs (id uuid primary key)');
    expect(await look('schema', examined.patient)).toEqual({
      measured: {
        migrations: expect.any(Number),
        functions: expect.any(Number),
        objects: expect.any(Number),
        extra: ['table public.theirs'],
      },
      findings: [],
    });
    expect(await look('triggers', examined.patient)).toEqual({ measured: { enabled: 3 }, findings: [] });
  });

  it('names a function that was changed', async () => {
    await run(
      `create or replace function check_all_variants_done() returns trigger language plpgsql as $$ begin return null; end $$`,
    );
    expect((await look('schema', examined.patient)).findings).toMatchObject([
      { code: 'schema-differs', what: 'function public.check_all_variants_done()', difference: { state: 'differs' } },
    ]);
  });

  it.each([
    ['drop trigger job_state_change_trigger on jobs', 'trigger-missing'],
    ['alter table jobs_variants disable trigger job_variant_state_change_trigger', 'trigger-disabled'],
    [
      `create or replace trigger job_state_change_trigger after update on jobs for each row execute function notify_job_variant_state_change()`,
      'trigger-wrong-function',
    ],
    [
      `create or replace trigger job_state_change_trigger after delete on jobs for each row execute function notify_job_state_change()`,
      'schema-differs',
    ],
  ])('after "%s" the triggers alone are not well', async (statement, code) => {
    await run(statement);
    expect(codesOf(await look('triggers', examined.patient))).toEqual([code]);
    expect(codesOf(await look('schema', examined.patient))).toEqual([]);
  });

  it('that has not been made yet is one finding', async () => {
    const empty = await createEmptyDatabase();
    const pool = createPool({ url: empty.url, name: 'doctor', size: 1, log: pino({ level: 'silent' }) });
    try {
      const { findings } = await look('schema', { ...examined.patient, pool });
      expect(findings).toEqual([
        { code: 'migrations-pending', names: expect.arrayContaining(['0001_contract_tables', '0011_reopening']) },
      ]);
    } finally {
      await pool.end();
      await empty.drop();
    }
  });
});

describe('foreign listeners', () => {
  it.each([
    ['job_variant_state_changed', false, ['foreign-listener']],
    ['job_variant_state_changed', true, ['doubling-listener']],
    ['job_state_changed', true, []],
  ])('on %s (the original performs the stages: %s)', async (channel, stagesArePeer, codes) => {
    const session = await openSession(examined.database.url, 'yh');
    try {
      await session.query(`listen ${channel}`);
      const seen = await look('listeners', { ...examined.patient, stagesArePeer });
      expect(codesOf(seen)).toEqual(codes);
      expect(seen.measured).toEqual({ found: 1, hidden: 0 });
    } finally {
      await session.end();
    }
  });
});

describe('the outbox', () => {
  it('names dead letters by number, and what waits too long', async () => {
    const { jobId, variantIds } = await insertJob(examined.patient.pool);
    await run('delete from pipeline.outbox');
    expect(await look('outbox', examined.patient)).toEqual({
      measured: { waiting: 0, held: 0, oldestSeconds: 0 },
      findings: [],
    });
    const { rows } = await run(
      `insert into pipeline.outbox (kind, job_id, job_variants_id, dead_at, last_error)
       values ('variant', $1, $2, now(), 'no such namespace'), ('variant', $1, $2, null, null) returning outbox_id::text as id`,
      [jobId, variantIds[0]],
    );
    const { findings, measured } = await lookAtOutbox(0)(examined.patient);
    expect(findings).toEqual([
      { code: 'dead-letters', count: 1, outboxIds: [rows[0].id], error: 'no such namespace' },
      { code: 'outbox-stuck', waiting: 1, seconds: expect.any(Number), error: null },
    ]);
    expect(measured).toMatchObject({ waiting: 1, held: 0 });
  });

  it('calls what is held by a pause no trouble', async () => {
    const { jobId } = await insertJob(examined.patient.pool);
    await run('delete from pipeline.outbox');
    await run(`insert into pipeline.outbox (kind, job_id, held_at) values ('job', $1, now())`, [jobId]);
    expect(await lookAtOutbox(0)(examined.patient)).toMatchObject({ measured: { held: 1 }, findings: [] });
  });
});

describe('drawing and reading', () => {
  it('are measured by a sample in every face and by the files’ own checksums', async () => {
    expect(await look('drawing', examined.patient)).toEqual({
      measured: { faces: FONT_FACES.length, languages: ['kor', 'eng'] },
      findings: [],
    });
  });

  it('name a package of language data that is not installed', async () => {
    const { findings } = await lookAtDrawing(() => {
      throw new Error("Cannot find module '@tesseract.js-data/kor/package.json'");
    })(examined.patient);
    expect(findings).toEqual([{ code: 'language-data-missing', trouble: expect.stringContaining('kor') }]);
  });

  it('name a language file that is damaged, and one that is missing', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
    try {
      const damaged = path.join(folder, 'kor.traineddata.gz');
      writeFileSync(damaged, 'half a download');
      const files = languageFiles().slice(0, 2);
      const { findings } = await lookAtDrawing(() => [
        { ...files[0]!, from: damaged },
        { ...files[1]!, from: path.join(folder, 'gone.gz') },
      ])(examined.patient);
      expect(findings).toEqual([
        { code: 'language-data-missing', trouble: expect.stringContaining(damaged) },
        { code: 'language-data-missing', trouble: expect.stringContaining('gone.gz') },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the disk', () => {
  it('is looked at where the folder will be, when it is not there yet', async () => {
    const folder = path.join(os.tmpdir(), 'not', 'there', 'yet');
    const { measured, findings } = await look('disk', { ...examined.patient, assetsDir: folder, dataDir: os.tmpdir() });
    expect(findings).toEqual([]);
    expect(measured?.folders).toEqual([
      { folder, freeBytes: expect.any(Number) },
      { folder: os.tmpdir(), freeBytes: expect.any(Number) },
    ]);
  });

  it.each([
    [{ full: Number.MAX_SAFE_INTEGER, low: Number.MAX_SAFE_INTEGER }, 'disk-full'],
    [{ full: 0, low: Number.MAX_SAFE_INTEGER }, 'disk-low'],
  ])('that has less room than %o', async (limits, code) => {
    const patient = { ...examined.patient, assetsDir: os.tmpdir(), dataDir: os.tmpdir() };
    expect(codesOf(await lookAtDisk(limits)(patient))).toEqual([code, code]);
  });

  it('that cannot be written to', async () => {
    // A file is no folder, for root neither.
    const { pathname } = new URL(import.meta.url);
    const assetsDir = path.join(pathname, 'assets');
    const seen = await look('disk', { ...examined.patient, assetsDir, dataDir: os.tmpdir() });
    expect(seen.findings).toMatchObject([{ code: 'folder-not-writable', folder: assetsDir }]);
  });
});

describe('parts that are not there', () => {
  it('are named: the server and the stage service', async () => {
    expect((await look('server', examined.patient)).findings).toMatchObject([{ code: 'server-down' }]);
    expect((await look('stages', examined.patient)).findings).toMatchObject([{ code: 'stages-down' }]);
  });

  it('do not hide that intake is paused', async () => {
    await run(`insert into pipeline.pauses (tenant_id, actor) values ('shop', 'minji')`);
    expect((await look('server', examined.patient)).findings).toMatchObject([
      { code: 'server-down' },
      { code: 'intake-paused', tenantId: 'shop', actor: 'minji' },
    ]);
  });
});
