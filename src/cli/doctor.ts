import { type Command, InvalidArgumentError } from 'commander';
import pg from 'pg';
import { ConfigurationError, loadConfig, type Config } from '../config/config.js';
import { Environment } from '../config/environment.js';
import { type Finding, severityOf } from '../diagnosis/findings.js';
import type { Check, CheckName, Measurements, Patient } from '../doctor/check.js';
import { CHECKS } from '../doctor/checks.js';
import { type Report, runChecks, worst } from '../doctor/run-checks.js';
import { findStack } from '../stack/stack-lock.js';
import { EXIT } from './exit-codes.js';
import { findingJson, findingLines } from './finding-text.js';
import { t } from './messages/index.js';
import { say } from './say.js';
import { type Connected, withSystem } from './system.js';
import { textTable } from './text-table.js';
import { answer, tool, type ToolOptions } from './tool.js';

interface DoctorOptions extends ToolOptions {
  only?: CheckName[];
}

const ANSWER_WITHIN_MS = 5_000;

/** As a foreigner's session is: it names neither time zone nor writer. */
async function openSession(url: string): Promise<pg.Client> {
  const session = new pg.Client({
    connectionString: url,
    application_name: 'feedlyai-doctor',
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // The check that uses it hears of a lost connection by its statement.
  session.on('error', () => {});
  await session.connect();
  return session;
}

const patientOf = ({ pool, url, temporal, system }: Connected, config: Config): Patient => ({
  pool,
  url,
  temporal,
  serverUrl: system.serverUrl,
  stagesUrl: system.stagesUrl,
  stagesArePeer: config.stages.arePeer,
  assetsDir: system.assetsDir,
  dataDir: config.dataDir,
  connect: () => openSession(url),
});

function measureConfiguration({ dataDir }: Config): Measurements['configuration'] {
  const pid = findStack(dataDir)?.pid ?? null;
  const variables = Object.keys(Environment.shape).filter((name) => process.env[name]).length;
  return { variables, source: pid === null ? 'environment' : 'stack', pid, dataDir };
}

const configurationReport = (part: Pick<Report, 'measured' | 'findings'>): Report => ({
  check: 'configuration',
  state: part.findings.length > 0 ? 'fault' : 'ok',
  milliseconds: 0,
  ...part,
});

const unknown = ({ name }: Check): Report => ({
  check: name,
  state: 'unknown',
  measured: null,
  findings: [],
  milliseconds: 0,
});

/** Without a usable configuration, or a system, there is nothing to look at: that is what is found. */
async function examine(checks: readonly Check[]): Promise<Report[]> {
  const nothing = (finding: Finding): Report[] => [
    configurationReport({ measured: null, findings: [finding] }),
    ...checks.map(unknown),
  ];
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const [, ...lines] = error.message.split('\n').map((line) => line.trim());
    return nothing({ code: 'configuration-unusable', lines });
  }
  if (!config.database.url && !findStack(config.dataDir)?.ready)
    return nothing({ code: 'nothing-runs', dataDir: config.dataDir });
  return withSystem(config, async (connected) => [
    configurationReport({ measured: measureConfiguration(config), findings: [] }),
    ...(await runChecks(patientOf(connected, config), checks)),
  ]);
}

/** `schema,triggers` */
function checkNames(text: string): CheckName[] {
  const known: string[] = CHECKS.map(({ name }) => name);
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => known.includes(name))) return names as CheckName[];
  throw new InvalidArgumentError(t.usage.oneOf(known));
}

/** With what they need, so that a fault is named where it is. */
const chosen = (names: CheckName[]): Check[] =>
  CHECKS.filter(
    ({ name }) => names.includes(name) || CHECKS.some((one) => names.includes(one.name) && one.needs?.includes(name)),
  );

const MARK: Record<Report['state'], string> = { ok: '✓', warning: '!', fault: '✗', unknown: '?' };

const measuredText = ({ check, measured }: Report): string =>
  measured === null ? '' : (t.doctor.measured[check] as (measured: unknown) => string)(measured);

const rowOf = (report: Report): string[] => {
  const { check, state, findings } = report;
  const text = state === 'unknown' ? t.doctor.unknown : measuredText(report);
  return [MARK[state], t.doctor.names[check], findings.length > 0 || text === '' ? t.doctor.seeBelow : text];
};

function asText(reports: Report[]): string {
  const findings = reports.flatMap((report) => report.findings);
  const faults = findings.filter((finding) => severityOf(finding) === 'fault');
  const sorted = [...faults, ...findings.filter((finding) => !faults.includes(finding))];
  return [
    textTable(t.doctor.columns, reports.map(rowOf)),
    '',
    ...sorted.flatMap(findingLines),
    ...(sorted.length > 0 ? [''] : []),
    sorted.length === 0
      ? t.doctor.fine(reports.length)
      : t.doctor.notFine(faults.length, sorted.length - faults.length),
  ].join('\n');
}

/** The worst finding decides. */
export function exitCodeFor(reports: Report[]): number {
  const severity = worst(reports.flatMap(({ findings }) => findings));
  return { fault: EXIT.no, warning: EXIT.warning, waiting: EXIT.waiting, fine: EXIT.fine }[severity];
}

async function doctor(options: DoctorOptions): Promise<void> {
  say(t.doctor.looking);
  const reports = await examine(options.only ? chosen(options.only) : CHECKS);
  answer(
    options,
    {
      ok: exitCodeFor(reports) === EXIT.fine,
      checks: reports.map(({ findings, milliseconds, ...report }) => ({
        ...report,
        milliseconds: Math.round(milliseconds),
        says: measuredText({ findings, milliseconds, ...report }),
        findings: findings.map(findingJson),
      })),
    },
    () => asText(reports),
  );
  process.exitCode = exitCodeFor(reports);
}

export const doctorCommand = (): Command =>
  tool('doctor', t.commands.doctor, ['doctor', 'doctor --json', 'doctor --only schema,triggers'])
    .option('--only <checks>', t.options.onlyChecks, checkNames)
    .action(doctor);
