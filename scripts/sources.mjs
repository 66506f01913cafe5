import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What tsc reads, as paths relative to the root. */
export const SOURCE_FOLDERS = ['activities', 'src', 'workflows'];
/** The workflow bundle is made from these; the lockfile stands for the SDK's version. */
export const BUNDLE_INPUTS = ['workflows', 'package-lock.json'];
/** The dashboard takes the stages' names from the workflows' contract; types of `src` leave no trace in it. */
export const WEB_INPUTS = ['web', 'workflows', 'package-lock.json'];
export const BUILD_INPUTS = [...SOURCE_FOLDERS, 'web', 'tsconfig.json', 'package-lock.json'];

const SOURCE = /\.(ts|tsx|css|html|svg|webp)$/;

export const filesOf = (root, inputs) =>
  inputs
    .flatMap((input) => {
      const full = path.join(root, input);
      if (!existsSync(full)) return [];
      if (!/^[a-z]+$/.test(input)) return [input];
      return readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    })
    .sort();

/** By content: times lie after a copy, a checkout or a restored cache. */
export const fingerprint = (root, inputs) => {
  const hash = createHash('sha256');
  for (const file of filesOf(root, inputs)) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
};

const stampFile = (root) => path.join(root, 'dist', '.build-stamp.json');

/** What the last whole build was made from: `{ sources, bundle, web, files }`, or an empty object. */
export const readStamp = (root) => {
  try {
    return JSON.parse(readFileSync(stampFile(root), 'utf8'));
  } catch {
    return {};
  }
};

export { stampFile };

export const isBuilt = (root) =>
  readStamp(root).sources === fingerprint(root, BUILD_INPUTS) &&
  ['workflow-bundle.js', 'web/index.html'].every((file) => existsSync(path.join(root, 'dist', file)));
