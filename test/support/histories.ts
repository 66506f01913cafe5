import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { packageRoot } from '../../src/config/package-root.js';

const FOLDER = path.join(packageRoot, 'test', 'histories');
const FILE = /^(.+)\.history\.json$/;

export interface RecordedHistory {
  workflowId: string;
  history: { events: Record<string, unknown>[] };
}

export const historyNames = (): string[] =>
  readdirSync(FOLDER)
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .sort();

export const historyText = (name: string): string => readFileSync(path.join(FOLDER, `${name}.history.json`), 'utf8');

export const readHistory = (name: string): RecordedHistory => JSON.parse(historyText(name)) as RecordedHistory;

/** One event a line, so that a change shows; without stack traces, which name the paths of the machine that recorded. */
export function writeHistory(name: string, workflowId: string, history: Parameters<typeof historyToJSON>[0]): void {
  const { events } = JSON.parse(historyToJSON(history)) as RecordedHistory['history'];
  const lines = events.map((event) =>
    JSON.stringify(event, (key, value: unknown) => (key === 'stackTrace' ? undefined : value)),
  );
  const text = `{"workflowId":${JSON.stringify(workflowId)},"history":{"events":[\n${lines.join(',\n')}\n]}}\n`;
  writeFileSync(path.join(FOLDER, `${name}.history.json`), text);
}
