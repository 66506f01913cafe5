import { Client, Connection } from '@temporalio/client';
import { expect, it } from 'vitest';
import { createRunControl, TemporalAway } from '../../../src/admin/run-control.js';

it('a Temporal server that is not there is said to be away', async () => {
  // Nothing listens on the discard port.
  const connection = Connection.lazy({ address: '127.0.0.1:9', connectTimeout: '1s' });
  const runs = createRunControl(new Client({ connection }));
  await expect(runs.cancel(['variant-x'])).rejects.toThrow(TemporalAway);
  await connection.close();
});
