import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { variantWorkflowId } from '../../workflows/contract.js';
import { type RunningStack, startGuideJob, startRunningStack, assetsIn } from '../support/running-stack.js';
import { stateOf } from '../support/rows.js';
import { bareEnvironment } from '../support/stack-process.js';

let stack: RunningStack;
beforeAll(async () => {
  // The command's doing must not be the sweep's.
  stack = await startRunningStack({ SWEEP_INTERVAL: '10m' });
});
afterAll(() => stack?.stop());

const command = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(packageRoot, 'dist/src/cli/main.js'), 'reconcile', ...args],
    { env: bareEnvironment({ DATA_DIR: stack.dataDir }) },
  );
  return stdout.trim();
};

it('follows what was done in the Web UI at once, says so, and finds nothing the second time', async () => {
  // The variant stops where it is: nobody takes up its stages.
  for (const pid of stack.ready.pids.worker) process.kill(pid, 'SIGSTOP');
  const jobId = await startGuideJob(stack.foreign, assetsIn(stack.dataDir));
  const isOpen = async () =>
    (await stack.foreign.query('select job_variants_id from pipeline.runs where job_id = $1 and open', [jobId])).rows;
  await expect.poll(isOpen, { timeout: 20_000 }).toHaveLength(1);
  const variantId = (await isOpen())[0].job_variants_id as string;
  const connection = await Connection.connect({ address: stack.ready.temporalAddress });
  const client = new Client({ connection, namespace: stack.ready.temporalNamespace });
  await client.workflow.getHandle(variantWorkflowId(variantId)).terminate('by hand');
  await connection.close();

  expect(JSON.parse(await command('--json'))).toEqual({
    found: [
      {
        kind: 'variant',
        unitId: variantId,
        jobId,
        step: 'vlm_analyze',
        status: 'queued',
        action: 'fail',
        because: expect.stringMatching(/^its workflow was terminated in Temporal \(by hand, by .+\)$/),
      },
    ],
    orphans: [],
  });
  expect(await stateOf(stack.foreign, 'jobs_variants', variantId)).toBe('vlm_analyze/failed');
  expect(await command()).toBe('0 looked as if nobody worked on them');
  for (const pid of stack.ready.pids.worker) process.kill(pid, 'SIGCONT');
});
