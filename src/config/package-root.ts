import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const findUp = (from: string): string => {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No package.json above ${from}`);
  }
};

/** The folder that holds package.json, sql/ and node_modules/, the same from source and from dist/. */
export const packageRoot = findUp(path.dirname(fileURLToPath(import.meta.url)));
