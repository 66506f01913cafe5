import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertJob, setVariant } from '../../support/rows.js';
import { nextOf, openStream } from './event-stream.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

describe('the event stream', () => {
  it('begins with a snapshot and tells of changes as the rows have them', async () => {
    const { jobId, variantIds } = await insertJob(bench.own);
    const [variantId] = variantIds as [string];
    const stream = await openStream(bench);
    try {
      const first = await stream.next();
      expect(first).toMatchObject({ type: 'snapshot', data: { snapshotId: expect.any(String) } });
      // Its listener is connected when it says so with another snapshot.
      const second = await nextOf(stream, 'snapshot');
      expect(second.data.snapshotId).not.toBe(first?.data.snapshotId);
      await setVariant(bench.own, variantId, 'img_gen', 'queued');
      expect(await nextOf(stream, 'variant')).toMatchObject({
        data: { jobId, variantId, tenantId: 'test', step: 'img_gen', status: 'queued' },
      });
      await bench.own.query(`update jobs set current_step = 'kor_to_eng' where job_id = $1`, [jobId]);
      expect(await nextOf(stream, 'job')).toMatchObject({ data: { jobId, variantId: null, step: 'kor_to_eng' } });
    } finally {
      await stream.close();
    }
  });

  it('believes no notification: forged ones tell nothing, true ones only what the row says', async () => {
    const { jobId, variantIds } = await insertJob(bench.own);
    const [variantId] = variantIds as [string];
    const stream = await openStream(bench);
    try {
      await nextOf(stream, 'snapshot');
      await nextOf(stream, 'snapshot');
      for (const payload of [
        'garbage',
        '{}',
        '[]',
        'null',
        JSON.stringify({ job_id: "x'; drop table jobs" }),
        JSON.stringify({ job_id: randomUUID() }),
      ])
        await bench.foreign.query(`select pg_notify('job_state_changed', $1)`, [payload]);
      await bench.foreign.query(`select pg_notify('job_variant_state_changed', $1)`, [
        JSON.stringify({ job_variants_id: variantId, current_step: 'iou_eval', status: 'done' }),
      ]);
      expect(await stream.next()).toMatchObject({
        type: 'variant',
        data: { jobId, step: 'user_img_input', status: 'done' },
      });
    } finally {
      await stream.close();
    }
  });

  it('tells clients to fetch anew after its listener was cut', async () => {
    const stream = await openStream(bench);
    try {
      await nextOf(stream, 'snapshot');
      await nextOf(stream, 'snapshot');
      await bench.foreign.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'feedlyai-listener' and datname = current_database()`,
      );
      await nextOf(stream, 'snapshot');
    } finally {
      await stream.close();
    }
  });

  it('lets go who does not read, and goes on for everybody else', async () => {
    // Less at a time than a reader may leave unread, and so often that it fills every buffer on the way.
    const { jobId, variantIds } = await insertJob(bench.own, { variants: 60 });
    await bench.own.query(
      `insert into pipeline.runs (job_variants_id, job_id, reason)
       select job_variants_id, job_id, repeat('x', 14000) from jobs_variants where job_id = $1`,
      [jobId],
    );
    const moveAll = (status: string) =>
      bench.own.query(`update jobs_variants set current_step = 'img_gen', status = $2 where job_id = $1`, [
        jobId,
        status,
      ]);
    const stream = await openStream(bench);
    await nextOf(stream, 'snapshot');
    await nextOf(stream, 'snapshot');
    const { hostname, port } = new URL(bench.url);
    const accepted = once(bench.app.getHttpServer(), 'connection') as Promise<[Socket]>;
    const mute = connect(Number(port), hostname);
    mute.write(`GET /api/admin/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    const [connection] = await accepted;
    let isCut = false;
    connection.once('close', () => {
      isCut = true;
    });
    try {
      for (let round = 0; !isCut; round++) {
        await moveAll(round % 2 === 0 ? 'queued' : 'running');
        for (const _ of variantIds) await nextOf(stream, 'variant');
      }
    } finally {
      mute.destroy();
      await stream.close();
    }
  });

  it('ends when the server does', async () => {
    const other = await openServerBench();
    const answer = await fetch(new URL('/api/admin/events', other.url));
    const ended = answer.text();
    await other.close();
    expect(await ended).toContain('event: snapshot');
  });
});
