/** What of an error comes through to another thread: classes do not. */
export interface ErrorWords {
  name: string;
  message: string;
}

export const wordsOf = (error: unknown): ErrorWords =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };

export const errorOf = ({ name, message }: ErrorWords): Error => Object.assign(new Error(message), { name });
