/** What the tests of off-loop threads have computed. */
export const doubled = ({ values }: { values: Uint8Array }): { values: Uint8Array } => ({
  values: values.map((value) => value * 2),
});

export const threadId = async (): Promise<number> => (await import('node:worker_threads')).threadId;

export function refuse(): never {
  throw new RangeError('the picture is too dark');
}

export function spin(): never {
  for (;;);
}

/** As a library that aborts while it is at work. */
export const crash = (): Promise<never> =>
  new Promise(() => {
    setImmediate(() => {
      throw new Error('the library gave up');
    });
  });

export const leave = (): never => process.exit(3);

export function eatMemory(): number {
  const held: number[][] = [];
  for (;;) held.push(Array.from<number>({ length: 1_000_000 }).fill(0.5));
}
