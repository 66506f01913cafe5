/** Something the person at the keyboard can put right. The message is one line: what is wrong, and what to do. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** Where progress for people goes: one line at a time, never on stdout. */
export type Say = (line: string) => void;

/** Node's errors for "every address refused" have a code and no text. */
export const describe = (error: unknown): string => {
  const { message, code } = error as Error & { code?: string };
  return (message || code || String(error)).split('\n')[0] as string;
};
