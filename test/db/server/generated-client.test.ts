import path from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../../src/config/package-root.js';
import { openServerBench, type ServerBench } from './server-bench.js';

let bench: ServerBench;
beforeAll(async () => {
  bench = await openServerBench();
});
afterAll(() => bench?.close());

/*
 * What a generator makes of our document; test/system/server-api.test.ts drives a running system through it, and the type
 * check holds both together.
 */
it('the types of clients are made of the document (`npx vitest run --project db test/db/server/generated-client.test.ts -u` after a change)', async () => {
  const { body } = await bench.get('/openapi.json');
  const types = astToString(await openapiTS(body as OpenAPI3));
  await expect(types).toMatchFileSnapshot(path.join(packageRoot, 'test/generated/server-api.d.ts'));
});
