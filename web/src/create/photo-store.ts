/*
 * Photos of drafts, so that *back* and a reload bring them again. Kept in IndexedDB, because session storage holds text
 * only; a browser that has none (a private window of old) keeps the draft without its photo.
 */
const STORE = 'photos';
/** Drafts are kept in their tab; photos outlive it, so only the newest stay. */
const MOST = 6;

interface Kept {
  id: string;
  at: number;
  name: string;
  bytes: Blob;
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function within<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T | undefined> {
  try {
    const opening = indexedDB.open('feedlyai-drafts', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' });
    const database = await answerOf(opening);
    try {
      return await work(database.transaction(STORE, 'readwrite').objectStore(STORE));
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

export const keepPhoto = (id: string, photo: File): Promise<void> =>
  within(async (store) => {
    await answerOf(store.put({ id, at: Date.now(), name: photo.name, bytes: photo } satisfies Kept));
    const kept = (await answerOf(store.getAll())) as Kept[];
    kept.sort((a, b) => b.at - a.at);
    for (const { id: old } of kept.slice(MOST)) store.delete(old);
  }) as Promise<void>;

export async function photoOf(id: string): Promise<File | undefined> {
  const kept = (await within((store) => answerOf(store.get(id)))) as Kept | undefined;
  return kept && new File([kept.bytes], kept.name, { type: kept.bytes.type });
}
