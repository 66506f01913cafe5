import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';
import { packageRoot } from '../../src/config/package-root.js';

export interface Edit {
  file: string;
  from: string;
  to: string;
}

/**
 * Bundles the workflows as they stand in the sources, or a variant of them. No server and no build is needed.
 * @throws when a text to replace is not there: the variant would be today's code, and whatever it proves nothing.
 */
export async function bundleWorkflows(edits: Edit[] = []): Promise<WorkflowBundle> {
  const dist = path.join(packageRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  // Under the checkout, so that its packages are found.
  const folder = mkdtempSync(path.join(dist, 'workflow-variant-'));
  try {
    cpSync(path.join(packageRoot, 'workflows'), folder, { recursive: true });
    for (const { file, from, to } of edits) {
      const target = path.join(folder, file);
      const source = readFileSync(target, 'utf8');
      if (!source.includes(from)) throw new Error(`workflows/${file} does not hold: ${from}`);
      writeFileSync(
        target,
        source.replace(from, () => to),
      );
    }
    return await bundleWorkflowCode({
      workflowsPath: path.join(folder, 'index.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
