import type { ChildProcess } from 'node:child_process';

/** Resolves when the child sends exactly this message; rejects when it ends before. `who` names it in the error. */
export function untilAnswered(child: ChildProcess, expected: string, who: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error(`${who} ended`));
    child.once('exit', onExit);
    child.on('message', function hear(message) {
      if (message !== expected) return;
      child.off('message', hear);
      child.off('exit', onExit);
      resolve();
    });
  });
}
