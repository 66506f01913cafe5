// Finds the AND-terms that guard writes, in SQL as it stands in the sources.
//
// A text of SQL is a template literal or a quoted string in TypeScript, or the body of a function in sql/ (its last
// definition: an earlier one is history). It counts when it writes or locks (update, delete, insert). In it, every WHERE
// of a statement or of a CTE is split at its ANDs; a WHERE inside a sub-query belongs to the term it stands in. That is
// all the SQL this parser knows: keywords, parentheses, strings, comments, CASE … END and BETWEEN … AND.

/** Where an expression of a WHERE ends, outside parentheses. */
const ENDS = /^(returning|order|group|having|limit|for|union|on|window|loop|then)\b/i;
const WRITES = /\b(update|delete|insert)\b/i;

/** Length of what starts at `at` and is no SQL of this level: a string, a comment, a hole of the template. */
const opaque = (text, at) => {
  if (text[at] === "'") {
    const end = text.indexOf("'", at + 1);
    return (end < 0 ? text.length : end + 1) - at;
  }
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at);
    return (end < 0 ? text.length : end) - at;
  }
  if (text.startsWith('${', at)) {
    let depth = 0;
    for (let end = at + 1; end < text.length; end++) {
      if (text[end] === '{') depth++;
      if (text[end] === '}' && --depth === 0) return end + 1 - at;
    }
  }
  return 0;
};

const isWordStart = (text, at) => /[a-z_]/i.test(text[at]) && !/[\w$.]/.test(text[at - 1] ?? ' ');

/** The terms of the WHERE whose expression begins at `start`: `[from, to)` each, and where it ends. */
const splitExpression = (text, start) => {
  const terms = [];
  let from = start;
  let depth = 0;
  let cases = 0;
  let betweens = 0;
  let at = start;
  const close = (to) => {
    const lead = text.slice(from, to).match(/^\s*/)[0].length;
    const trail = text.slice(from, to).match(/(\s|--[^\n]*)*$/)[0].length;
    if (from + lead < to - trail) terms.push([from + lead, to - trail]);
  };
  while (at < text.length) {
    const skip = opaque(text, at);
    if (skip > 0) {
      at += skip;
      continue;
    }
    if (text[at] === '(') depth++;
    if (text[at] === ')' && depth-- === 0) break;
    if (text[at] === ';' || text[at] === '`') break;
    if (depth === 0 && isWordStart(text, at)) {
      const word = /^\w+/.exec(text.slice(at))[0].toLowerCase();
      if (cases === 0 && ENDS.test(text.slice(at))) break;
      if (word === 'case') cases++;
      if (word === 'end') cases--;
      if (word === 'between') betweens++;
      if (word === 'and' && cases === 0) {
        if (betweens > 0) betweens--;
        else {
          close(at);
          from = at + word.length;
        }
      }
      at += word.length;
      continue;
    }
    at++;
  }
  close(at);
  return { terms, end: at };
};

/** The guarding terms of one text of SQL, as `[from, to)` within it. */
export const termsOf = (text) => {
  const found = [];
  /** One entry per open parenthesis: whether it opens a CTE. */
  const open = [];
  let lastWord = '';
  for (let at = 0; at < text.length; ) {
    const skip = opaque(text, at);
    if (skip > 0) {
      at += skip;
      continue;
    }
    if (text[at] === '(') open.push(lastWord === 'as');
    if (text[at] === ')') open.pop();
    if (!isWordStart(text, at)) {
      if (/\S/.test(text[at])) lastWord = '';
      at++;
      continue;
    }
    const word = /^\w+/.exec(text.slice(at))[0].toLowerCase();
    at += word.length;
    lastWord = word;
    if (word !== 'where' || !open.every(Boolean)) continue;
    const { terms, end } = splitExpression(text, at);
    found.push(...terms);
    at = end;
  }
  return found;
};

/** Template literals and quoted strings of a TypeScript source, as `[from, to)`; holes may hold further literals. */
const literalsOf = (source) => {
  const found = [];
  for (let at = 0; at < source.length; at++) {
    if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else if (source.startsWith('/*', at)) at = source.indexOf('*/', at) + 1;
    else if (source[at] === "'") {
      const end = source.indexOf("'", at + 1);
      if (end < 0) break;
      found.push([at + 1, end]);
      at = end;
    } else if (source[at] === '`') {
      let end = at + 1;
      // A quotation mark in a regular expression may have led astray: the end of the file ends everything.
      while (end < source.length && source[end] !== '`')
        end += source.startsWith('${', end) ? opaque(source, end) || 1 : 1;
      found.push([at + 1, end]);
      at = end;
    }
    if (at < 0) break;
  }
  return found;
};

export const functionsOf = (sql) =>
  [...sql.matchAll(/create (?:or replace )?function ([\w.]+)\([\s\S]*?\$\$([\s\S]*?)\$\$/g)].map((match) => {
    const to = match.index + match[0].length - 2;
    return { name: match[1], from: to - match[2].length, to };
  });

/** Texts of SQL in a TypeScript source that guard a write. */
const textsOf = (source) =>
  literalsOf(source)
    .filter(([from, to]) => WRITES.test(source.slice(from, to)))
    .map(([from, to]) => ({ from, to, literal: source.slice(from, to) }));

/** Bodies of functions that guard a write. */
const bodiesOf = (source, isDefinedLast) =>
  functionsOf(source)
    .filter(({ name, from, to }) => isDefinedLast(name) && WRITES.test(source.slice(from, to)))
    .map(({ name, from, to }) => ({ from, to, functionName: name }));

const located = (file, source, texts) =>
  texts.flatMap(({ from, to, ...ranBy }) =>
    termsOf(source.slice(from, to)).map(([start, end]) => ({
      file,
      from: from + start,
      to: from + end,
      line: source.slice(0, from + start).split('\n').length,
      text: source.slice(from + start, from + end).replace(/\s+/g, ' '),
      ranBy,
    })),
  );

/**
 * `sources`: `{ file, source }` in the order of their names; functions of SQL count where they are defined last, and
 * statements that a migration runs once do not: they meet the rows of one moment, and no running system meets them.
 */
export const guardingTerms = (sources) => {
  const lastDefinition = new Map();
  for (const { file, source } of sources)
    if (file.endsWith('.sql')) for (const { name } of functionsOf(source)) lastDefinition.set(name, file);
  return sources.flatMap(({ file, source }) =>
    located(
      file,
      source,
      file.endsWith('.sql') ? bodiesOf(source, (name) => lastDefinition.get(name) === file) : textsOf(source),
    ),
  );
};
