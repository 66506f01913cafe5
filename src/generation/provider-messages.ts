import type { ErrorWords } from '../imaging/thread-errors.js';
import type { GenerationRequest, SubjectHint } from './provider.js';

/** Work for the provider's thread. */
export type ProviderWork =
  | { what: 'prepare'; photo: Uint8Array; hint?: SubjectHint }
  | { what: 'generate'; request: GenerationRequest };

/** What the thread is sent. Many calls are under way at once; `id` says which. */
export type ProviderCall =
  | ({ id: number } & ProviderWork)
  /** The call of this id is no longer wanted. It is answered all the same, once it has stopped. */
  | { id: number; what: 'abort' };

export type ProviderAnswer = { id: number; ok: true; output: object } | ({ id: number; ok: false } & ErrorWords);

/** Settings of the process that the thread must share. */
export interface ProviderSettings {
  maxMegapixels: number;
}

/** Between threads a Buffer arrives as a plain Uint8Array; here those of an object are Buffers again, over the same bytes. */
export const withBuffers = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      part instanceof Uint8Array ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : part,
    ]),
  ) as T;
