import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectPicture } from '../imaging/picture.js';
import { takePhoto } from '../imaging/take-photo.js';
import { describe, UserError } from '../stack/user-error.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'this file may not be read',
};

const readPhoto = async (file: string): Promise<Buffer> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Error(REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? describe(error));
  }
  await inspectPicture(await takePhoto(bytes));
  return bytes;
};

/** `npm run` changes to the package's folder; the paths were typed where npm was called. */
export const typedIn = (env: NodeJS.ProcessEnv): string =>
  env.npm_lifecycle_event && env.INIT_CWD ? env.INIT_CWD : process.cwd();

/**
 * Reads all photos and makes sure that each is a whole picture, before anything is started or written.
 * @throws UserError that names every file that cannot be used, and why.
 */
export async function readPhotos(files: string[], env: NodeJS.ProcessEnv = process.env): Promise<Buffer[]> {
  const outcomes = await Promise.allSettled(files.map((file) => readPhoto(path.resolve(typedIn(env), file))));
  const complaints = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [`${files[index]}: ${describe(outcome.reason)}`] : [],
  );
  if (complaints.length > 0) throw new UserError(`Cannot use ${complaints.join('; ')}`);
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Buffer>).value);
}
