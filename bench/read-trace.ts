import { readFileSync } from 'node:fs';

/** What a trace says of the page's own thread, in milliseconds. CPU time is the page's work; the rest of a task it waited. */
export interface MainThread {
  seconds: number;
  tasks: number;
  /** Tasks that took longer than 50 ms by the clock, and those that worked longer than that. */
  long: number;
  longWork: number;
  longest: number;
  longestWork: number;
  /** Of one core, while the trace lasted: everything; style and layout; painting. */
  work: number;
  layout: number;
  paint: number;
}

interface Entry {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  /** Microseconds by the clock, and of CPU. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

const LONG_US = 50_000;
const LAYOUT = new Set(['UpdateLayoutTree', 'Layout']);
const PAINT = new Set(['PrePaint', 'Paint', 'Layerize', 'Commit']);

const threadOf = ({ pid, tid }: Entry): string => `${pid} ${tid}`;
const workOf = ({ tdur = 0 }: Entry): number => tdur;

/** Of the renderer that did most; the browser has one per page and some in reserve. */
export function readTrace(file: string): MainThread {
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: Entry[] };
  const renderers = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map((entry) => threadOf(entry)),
  );
  const entries = [...renderers]
    .map((thread) => traceEvents.filter((entry) => entry.ph === 'X' && threadOf(entry) === thread))
    .reduce((busiest, other) => (other.length > busiest.length ? other : busiest), []);
  const tasks = entries.filter(({ name }) => name === 'RunTask');
  const spanUs = Math.max(...tasks.map(({ ts, dur = 0 }) => ts + dur)) - Math.min(...tasks.map(({ ts }) => ts));
  const share = (some: Entry[]): number => some.reduce((sum, entry) => sum + workOf(entry), 0) / spanUs;
  return {
    seconds: spanUs / 1e6,
    tasks: tasks.length,
    long: tasks.filter(({ dur = 0 }) => dur > LONG_US).length,
    longWork: tasks.filter((task) => workOf(task) > LONG_US).length,
    longest: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1e3,
    longestWork: Math.max(...tasks.map(workOf)) / 1e3,
    work: share(tasks),
    layout: share(entries.filter(({ name }) => LAYOUT.has(name))),
    paint: share(entries.filter(({ name }) => PAINT.has(name))),
  };
}
