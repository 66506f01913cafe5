import { setTimeout as delay } from 'node:timers/promises';
import { type Finding, type FindingCode, type Severity, severityOf } from '../diagnosis/findings.js';
import { describeTrouble } from '../diagnosis/system-facts.js';
import type { Check, CheckName, Measurements, Patient, Seen } from './check.js';

export interface Report {
  check: CheckName;
  /** The worst of its findings; `unknown` where what it needs is broken. */
  state: 'ok' | 'warning' | 'fault' | 'unknown';
  measured: Measurements[CheckName] | null;
  findings: Finding[];
  milliseconds: number;
}

/** Every look inside has a shorter bound of its own; this is for what nobody foresaw. */
const PATIENCE_MS = 15_000;

/** All checks that ask somebody side by side, then those that compute: one that throws or hangs is its own finding and keeps no other from being made. */
export async function runChecks(
  patient: Patient,
  checks: readonly Check[],
  patienceMs = PATIENCE_MS,
): Promise<Report[]> {
  const asked = checks.filter(({ computes }) => !computes);
  const computed = checks.filter(({ computes }) => computes);
  const made: Report[] = [];
  for (const group of [asked, computed])
    made.push(...(await Promise.all(group.map((check) => runOne(patient, check, patienceMs)))));
  const reports = checks.flatMap(({ name }) => made.filter(({ check }) => check === name));
  return withoutConsequences(reports, checks);
}

async function runOne(patient: Patient, { name, look }: Check, patienceMs: number): Promise<Report> {
  const began = performance.now();
  const over = new AbortController();
  const hung = delay(patienceMs, undefined, { signal: over.signal }).then((): Seen<CheckName> => {
    return { measured: null, findings: [{ code: 'check-hung', check: name, seconds: patienceMs / 1_000 }] };
  });
  const { measured, findings } = await Promise.race([lookOrSay(patient, name, look), hung]);
  over.abort();
  return { check: name, state: stateOf(findings), measured, findings, milliseconds: performance.now() - began };
}

async function lookOrSay(patient: Patient, check: CheckName, look: Check['look']): Promise<Seen<CheckName>> {
  try {
    return await look(patient);
  } catch (error) {
    return { measured: null, findings: [{ code: 'check-failed', check, trouble: describeTrouble(error) }] };
  }
}

export const worst = (findings: Finding[]): Severity => {
  const found = new Set(findings.map(severityOf));
  return (['fault', 'warning', 'waiting'] as const).find((severity) => found.has(severity)) ?? 'fine';
};

const stateOf = (findings: Finding[]): Report['state'] => {
  const severity = worst(findings);
  return severity === 'fine' ? 'ok' : severity === 'fault' ? 'fault' : 'warning';
};

/** While one of these is broken, events and rows stay where they are: that is named where it is, not where it shows. */
const STOPS_INTAKE: FindingCode[] = [
  'server-down',
  'intake-off',
  'intake-paused',
  'listener-cut',
  'temporal-down',
  'namespace-missing',
  'search-attributes-missing',
  'trigger-missing',
  'trigger-disabled',
  'no-worker',
];
const SHOWS_STOPPED_INTAKE: FindingCode[] = ['outbox-stuck', 'rows-without-run', 'runs-without-row'];

const couldNotBeMade = ({ findings }: Report): boolean =>
  findings.some(({ code }) => code === 'check-failed' || code === 'check-hung');

/** Pure: a fault is named once. What only follows from another is left out, and what could not be looked at is unknown. */
export function withoutConsequences(reports: Report[], checks: readonly Pick<Check, 'name' | 'needs'>[]): Report[] {
  const codes = new Set(reports.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const isStopped = STOPS_INTAKE.some((code) => codes.has(code));
  const isBroken = (name: CheckName): boolean =>
    reports.some((report) => report.check === name && report.state === 'fault');
  return reports.map((report) => {
    const needs = checks.find(({ name }) => name === report.check)?.needs ?? [];
    if (couldNotBeMade(report) && needs.some(isBroken))
      return { ...report, state: 'unknown', measured: null, findings: [] };
    const findings = report.findings.filter(({ code }) => !(isStopped && SHOWS_STOPPED_INTAKE.includes(code)));
    return { ...report, findings, state: stateOf(findings) };
  });
}
