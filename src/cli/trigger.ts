import { Command } from 'commander';
import { variantWorkflowId } from '../../workflows/contract.js';
import { loadConfig } from '../config/config.js';
import { type Finding, severityOf } from '../diagnosis/findings.js';
import { gatherSystemFacts } from '../diagnosis/system-facts.js';
import { gatherVariantFacts, type VariantFacts } from '../diagnosis/variant-facts.js';
import { unknownVariantFindings, variantFindings } from '../diagnosis/variant-findings.js';
import { EXIT } from './exit-codes.js';
import { findingJson, findingLines } from './finding-text.js';
import { t } from './messages/index.js';
import { type Connected, withSystem } from './system.js';
import { answer, tool, type ToolOptions, uuid } from './tool.js';

export interface Check {
  variant: VariantFacts | null;
  findings: Finding[];
}

/** Looks at everything that decides about one variant. */
export async function checkVariant({ sources }: Connected, variantId: string): Promise<Check> {
  const [variant, system] = await Promise.all([
    gatherVariantFacts(sources, variantId),
    gatherSystemFacts(sources, variantWorkflowId(variantId)),
  ]);
  return variant
    ? { variant, findings: variantFindings(variant, system) }
    : { variant: null, findings: unknownVariantFindings(variantId, system) };
}

/** The worst finding decides; a missing worker has a code of its own, because everything else is well then. */
export function exitCodeFor(findings: Finding[]): number {
  const faults = findings.filter((finding) => severityOf(finding) === 'fault');
  if (faults.length > 0) return faults.every(({ code }) => code === 'no-worker') ? EXIT.noWorker : EXIT.no;
  if (findings.some(({ code }) => code === 'workers-busy')) return EXIT.noWorker;
  return findings.some((finding) => severityOf(finding) === 'waiting') ? EXIT.waiting : EXIT.fine;
}

async function check(variantId: string, options: ToolOptions): Promise<void> {
  const { variant, findings } = await withSystem(loadConfig(), (connected) => checkVariant(connected, variantId));
  const row = variant && {
    jobId: variant.jobId,
    step: variant.step,
    status: variant.status,
    updatedAt: variant.updatedAt,
  };
  answer(options, { variantId, row, findings: findings.map(findingJson) }, () =>
    [
      ...(variant ? [t.check.row(variantId, `${variant.step}, ${variant.status}`, variant.updatedAt)] : []),
      ...findings.flatMap(findingLines),
    ].join('\n'),
  );
  process.exitCode = exitCodeFor(findings);
}

export const triggerCommand = (): Command =>
  new Command('trigger')
    .description(t.commands.trigger)
    .addCommand(
      tool('check', t.commands.check, ['trigger check 1f0c…', 'trigger check 1f0c… --json'])
        .argument('<variant-id>', t.options.variantId, uuid)
        .action(check),
    );
