// All mutants of the checkout: `{ id, kind, sources, … }`, where `sources` holds every changed file whole.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PLANTED } from './planted.mjs';
import { functionsOf, guardingTerms } from './terms.mjs';

const TERM_FILES = /^(sql|src)\/.*\.(ts|sql)$/;
/** Tools that play the part of somebody else; what they write guards nothing. */
const NOT_THE_SYSTEM = /^src\/cli\//;

export const listMutants = (root, files) => {
  const read = (file) => readFileSync(path.join(root, file), 'utf8');
  return [...planted(files, read), ...terms(files, read)];
};

const definingFile = (files, read, name) => {
  const file = files.findLast(
    (each) => /^sql\/\d.*\.sql$/.test(each) && functionsOf(read(each)).some((found) => found.name === name),
  );
  if (!file) throw new Error(`no file in sql/ defines ${name}`);
  return file;
};

const planted = (files, read) =>
  PLANTED.map(({ name, edits, noticedBy }) => {
    const sources = new Map();
    for (const edit of edits) {
      const file = edit.file ?? definingFile(files, read, edit.function);
      const before = sources.get(file) ?? read(file);
      const count = before.split(edit.from).length - 1;
      if (count !== 1)
        throw new Error(`"${name}": ${file} holds the text to replace ${count} times, not once:\n${edit.from}`);
      sources.set(
        file,
        before.replace(edit.from, () => edit.to),
      );
    }
    return { id: name, kind: 'planted', sources, noticedBy };
  });

const terms = (files, read) => {
  const within = files.filter((file) => TERM_FILES.test(file) && !NOT_THE_SYSTEM.test(file));
  const seen = new Map();
  return guardingTerms(within.map((file) => ({ file, source: read(file) }))).map(({ file, from, to, text, ranBy }) => {
    const source = read(file);
    const nth = (seen.get(`${file}${text}`) ?? 0) + 1;
    seen.set(`${file}${text}`, nth);
    // True, yet still there: parameters keep their types, and a statement that cannot be prepared proves nothing.
    const mutated = `${source.slice(0, from)}(true or (${source.slice(from, to)}))${source.slice(to)}`;
    const id = `${file}: ${text}${nth > 1 ? ` #${nth}` : ''}`;
    return { id, kind: 'term', sources: new Map([[file, mutated]]), ranBy };
  });
};
