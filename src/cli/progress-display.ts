import { Listr, type ListrTaskWrapper } from 'listr2';
import { isJobStage, VARIANT_STAGES } from '../../workflows/contract.js';
import { hasFailed, isFinished, type JobView, type VariantView } from './job-view.js';

export interface ProgressDisplay {
  show(job: JobView): void;
  /** A remark between the lines of progress. */
  remark(line: string): void;
  /** Leaves the screen as it is; nothing is shown after this. */
  close(): Promise<void>;
}

const isSettled = ({ step, status }: VariantView): boolean =>
  status === 'failed' || (status === 'done' && step === VARIANT_STAGES.at(-1));

const stageNumber = (step: string): string => {
  const index = (VARIANT_STAGES as readonly string[]).indexOf(step);
  return index < 0 ? '' : ` (${index + 1}/${VARIANT_STAGES.length})`;
};

const variantLine = (variant: VariantView, index: number): string => {
  const reason = variant.status === 'failed' && variant.reason ? `: ${variant.reason}` : '';
  return `variant ${index + 1}: ${variant.step} ${variant.status}${stageNumber(variant.step)}${reason}`;
};

const jobLine = (job: JobView): string => `job: ${job.step} ${job.status}`;

/** One line for every step that changed, for logs and pipes. */
export function plainProgress(write: (line: string) => void): ProgressDisplay {
  const started = Date.now();
  const shown = new Map<string, string>();
  const line = (key: string, text: string): void => {
    if (shown.get(key) === text) return;
    shown.set(key, text);
    write(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  };
  return {
    show(job) {
      job.variants.forEach((variant, index) => line(variant.id, variantLine(variant, index)));
      // Before its own stages the job only repeats its slowest variant.
      if (isJobStage(job.step) || hasFailed(job)) line('job', jobLine(job));
    },
    remark: (text) => write(text),
    close: async () => {},
  };
}

interface Row {
  title(text: string): void;
  remark(text: string): void;
  settle(failure?: string): void;
  /** Ends the line without a verdict. */
  abandon(): void;
}

/** A line that the terminal keeps up to date until it is settled. */
const createRow = (title: string) => {
  let task: ListrTaskWrapper<unknown, never, never> | undefined;
  let isOpen = true;
  let settle: (failure?: string) => void = () => {};
  const settled = new Promise<void>((resolve, reject) => {
    settle = (failure) => (failure === undefined ? resolve() : reject(new Error(failure)));
  });
  const row: Row = {
    title: (text) => {
      if (task) task.title = text;
    },
    remark: (text) => {
      if (task) task.output = text;
    },
    settle(failure) {
      isOpen = false;
      settle(failure);
    },
    abandon() {
      // A tick would claim that it was done.
      if (isOpen) task?.skip();
      row.settle();
    },
  };
  const listrTask = {
    title,
    task: (_: unknown, wrapper: unknown) => {
      task = wrapper as typeof task;
      return settled;
    },
  };
  return { row, listrTask };
};

/** A live display: one line per variant and one for the job. */
export function terminalProgress(variantsCount: number): ProgressDisplay {
  const variants = Array.from({ length: variantsCount }, (_, index) => createRow(`variant ${index + 1}`));
  const job = createRow('job');
  const list = new Listr(
    [...variants, job].map(({ listrTask }) => listrTask),
    {
      concurrent: true,
      exitOnError: false,
      // Ctrl-C is ours: the stack has to be stopped, too.
      registerSignalListeners: false,
      rendererOptions: { collapseErrors: false, showErrorMessage: true },
    },
  );
  const rendered = list.run().catch(() => {});
  return {
    show(view) {
      view.variants.forEach((variant, index) => {
        const row = variants[index]?.row;
        row?.title(variantLine(variant, index));
        if (isSettled(variant)) row?.settle(variant.status === 'failed' ? variantLine(variant, index) : undefined);
      });
      job.row.title(jobLine(view));
      if (isFinished(view)) job.row.settle();
      if (hasFailed(view)) job.row.settle(view.reason ?? jobLine(view));
    },
    remark: (text) => job.row.remark(text),
    async close() {
      for (const { row } of [...variants, job]) row.abandon();
      await rendered;
    },
  };
}
