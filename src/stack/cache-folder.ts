import os from 'node:os';
import path from 'node:path';

const userCache = (env: NodeJS.ProcessEnv): string => {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
  return path.join(os.homedir(), '.cache');
};

/** What is expensive to get and the same for every checkout of this user. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  path.join(userCache(env), 'feedlyai-pipeline');
