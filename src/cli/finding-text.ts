import { type Finding, severityOf } from '../diagnosis/findings.js';
import { t } from './messages/index.js';

/** What was found, and what to do about it, in the reader's language. */
export function wordsOf(finding: Finding): { what: string; remedy: string | null } {
  const words = t.findings[finding.code] as (found: Finding) => [what: string, remedy?: string];
  const [what, remedy = null] = words(finding);
  return { what, remedy };
}

export const findingJson = (finding: Finding) => ({ severity: severityOf(finding), ...finding, ...wordsOf(finding) });

const MARK = { fault: '✗', warning: '!', waiting: '…', fine: '✓' } as const;

export const findingLines = (finding: Finding): string[] => {
  const { what, remedy } = wordsOf(finding);
  return [`${MARK[severityOf(finding)]} ${what}`, ...(remedy ? [`  → ${remedy}`] : [])];
};
