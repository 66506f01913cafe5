import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/config/package-root.js';

export interface GuideCommand {
  kind: 'sh' | 'sql';
  text: string;
}

/** The commands in a document's fenced blocks, in order: each line of a shell block, each SQL block as a whole. */
export function commandsOf(document: string): GuideCommand[] {
  const source = readFileSync(path.join(packageRoot, document), 'utf8');
  return [...source.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, kind, body = '']): GuideCommand[] => {
    if (kind === 'sql') return [{ kind, text: body.trim() }];
    if (kind !== 'sh') throw new Error(`${document} has a block of kind "${kind}", which nobody runs`);
    return body
      .trim()
      .split('\n')
      .map((text) => ({ kind, text }));
  });
}

/** The old commands and what they are now, by the guide's last table. */
export function oldCommandsOf(document: string): { file: string; command: string }[] {
  const source = readFileSync(path.join(packageRoot, document), 'utf8');
  return [...source.matchAll(/^\| `((?:scripts|test\/tools)\/\S+)` \| `([^`]+)` \|$/gm)].map(
    ([, file = '', command = '']) => ({
      file,
      command,
    }),
  );
}
