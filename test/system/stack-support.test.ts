import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.js';
import { billableActions, createNamespace, temporalAddress } from '../support/temporal.js';

test('a test database has every migration and Korean time, whatever DATABASE_URL says', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('timezone') as zone, to_regclass('pipeline.outbox') is not null as migrated`,
  );
  await client.end();
  await database.drop();
  expect(rows).toEqual([{ zone: 'Asia/Seoul', migrated: true }]);
  expect(process.env.DATABASE_URL).toBeUndefined();
});

test('a namespace of its own takes search attributes and counts its actions', async () => {
  const namespace = await createNamespace();
  const connection = await Connection.connect({ address: temporalAddress() });
  const client = new Client({ connection, namespace });
  await client.workflow.start('nobodyRunsThis', {
    taskQueue: 'none',
    workflowId: 'one',
    searchAttributes: { JobId: ['j'], TenantId: ['t'] },
  });
  expect(await billableActions(namespace)).toBe(1);
  await connection.close();
});
