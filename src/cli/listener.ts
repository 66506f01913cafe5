import { Command } from 'commander';
import { deleteJob } from '../admin/delete-job.js';
import { createRunControl } from '../admin/run-control.js';
import { createTestJob } from '../admin/test-job.js';
import { createAssetStore } from '../assets/asset-store.js';
import { loadConfig } from '../config/config.js';
import { awaitReactions, type ReactionSeen } from '../diagnosis/reaction.js';
import { type StatusItem, statusItems } from '../diagnosis/status-items.js';
import { gatherSystemFacts } from '../diagnosis/system-facts.js';
import { drawSampleDish } from '../generation/sample-dishes.js';
import { EXIT } from './exit-codes.js';
import { findingJson, findingLines } from './finding-text.js';
import { t } from './messages/index.js';
import { say } from './say.js';
import { operator } from './operations/give.js';
import { type Connected, withSystem } from './system.js';
import { textTable } from './text-table.js';
import { answer, tenantId, tool, type ToolOptions } from './tool.js';
import { PATIENCE_MS, writePictureDone } from './ye.js';

interface StatusOptions extends ToolOptions {
  testTrigger?: boolean;
  tenantId: string;
}

/** Makes a job with a real picture, plays YE for it, sees the reaction, and takes everything away again. */
export async function testTrigger(connected: Connected, tenant: string): Promise<ReactionSeen> {
  const { pool, url, system, temporal } = connected;
  const job = await createTestJob(pool, {
    ...system,
    tenantId: tenant,
    pictures: [await drawSampleDish(0)],
    kind: 'listener_test',
    variantsCount: 1,
    step: 'user_img_input',
    texts: { descKor: '리스너 확인용 이미지' },
  });
  const [variantId] = job.variantIds as [string];
  say(t.status.testing(job.jobId));
  try {
    await writePictureDone(pool, variantId);
    const [seen] = await awaitReactions({ pool, url }, [variantId], PATIENCE_MS);
    return seen as ReactionSeen;
  } finally {
    const assets = createAssetStore({ root: system.assetsDir, partName: system.partName });
    const tools = { pool, assets, runs: createRunControl(temporal) };
    await deleteJob(
      tools,
      { jobId: job.jobId, force: true },
      { actor: operator(), note: 'listener status --test-trigger' },
    );
    say(t.status.cleanedUp);
  }
}

async function status(options: StatusOptions): Promise<void> {
  const { items, reaction } = await withSystem(loadConfig(), async (connected) => {
    const seen = options.testTrigger ? await testTrigger(connected, options.tenantId) : null;
    const found = statusItems(await gatherSystemFacts(connected.sources));
    return { items: seen ? [...found, reactionItem(seen)] : found, reaction: seen };
  });
  const ok = items.every((item) => item.ok !== false);
  answer(
    options,
    {
      ok,
      items: items.map((item) => ({ ...item, findings: item.findings.map(findingJson) })),
      ...(reaction && { reaction }),
    },
    () => statusText(items, reaction),
  );
  process.exitCode = ok ? EXIT.fine : EXIT.no;
}

const reactionItem = ({ reaction }: ReactionSeen): StatusItem => ({
  item: 'reaction',
  ok: reaction === 'started',
  provenAt: reaction === 'started' ? new Date() : null,
  // Why not is said by the other items.
  findings: [],
});

function statusText(items: StatusItem[], reaction: ReactionSeen | null): string {
  const rows = items.map(({ item, ok, provenAt }) => [
    ok === null ? '?' : ok ? '✓' : '✗',
    t.status.items[item],
    provenAt ? t.ago((Date.now() - provenAt.getTime()) / 1_000) : t.status.neverProven,
  ]);
  const findings = items.flatMap(({ findings }) => findings);
  return [
    textTable(t.status.columns, rows),
    ...(reaction ? ['', t.simulate.reaction(reaction)] : []),
    ...(findings.length > 0 ? ['', ...findings.flatMap(findingLines)] : []),
    '',
    items.every(({ ok }) => ok !== false) ? t.status.fine : t.status.notFine,
    t.status.log,
  ].join('\n');
}

export const listenerCommand = (): Command =>
  new Command('listener')
    .description(t.commands.listener)
    .addCommand(
      tool('status', t.commands.status, ['listener status', 'listener status --test-trigger', 'listener status --json'])
        .option('--test-trigger', t.options.testTrigger)
        .option('--tenant-id <id>', t.options.tenantId, tenantId, 'ye_listener_test_tenant')
        .action(status),
    );
