import { createHash } from 'node:crypto';
import type { AssetStore, NewAsset } from './asset-store.js';

/**
 * Publishes a file of an effect and tells its id. `idFor` gives the same id on every attempt, so an attempt repeated with
 * the same inputs finds its file there; should the bytes differ, the file gets a name of its own, because rows must
 * describe the file they name.
 */
export async function publishEffect(
  assets: AssetStore,
  idFor: (what: string) => string,
  file: Omit<NewAsset, 'id'> & { what: string },
): Promise<{ id: string; url: string }> {
  const { what, ...content } = file;
  const publishAs = async (name: string) => {
    const id = idFor(name);
    const { url, created } = await assets.publish({ id, ...content });
    return { id, url, created };
  };
  const { created, ...first } = await publishAs(what);
  if (created || (await assets.read(first.url)).equals(file.bytes)) return first;
  const { id, url } = await publishAs(`${what}:${createHash('sha256').update(file.bytes).digest('hex')}`);
  return { id, url };
}
