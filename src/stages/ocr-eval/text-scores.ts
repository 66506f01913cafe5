export interface TextScores {
  /** Mean of the next two. */
  accuracy: number;
  /** Sequence-matcher ratio with blanks removed, 0..1. */
  characterMatchRate: number;
  /** Share of the original's words that were read exactly, 0..1. */
  wordMatchRate: number;
  /** Levenshtein distance, blanks kept. */
  editDistance: number;
  /** 1 - distance / longer length. */
  similarity: number;
}

/** How well a read text agrees with the one that was ordered. Nothing read scores 0, also against nothing ordered. */
export function scoreText(original: string, recognised: string): TextScores {
  const wanted = normalise(original);
  const read = normalise(recognised);
  if (wanted === '' || read === '') {
    const distance = Math.max([...wanted].length, [...read].length);
    return { accuracy: 0, characterMatchRate: 0, wordMatchRate: 0, editDistance: distance, similarity: 0 };
  }
  const characterMatchRate = sequenceRatio([...wanted.replaceAll(' ', '')], [...read.replaceAll(' ', '')]);
  const wordMatchRate = wordShare(wanted, read);
  const editDistance = levenshtein([...wanted], [...read]);
  return {
    accuracy: (characterMatchRate + wordMatchRate) / 2,
    characterMatchRate,
    wordMatchRate,
    editDistance,
    similarity: 1 - editDistance / Math.max([...wanted].length, [...read].length),
  };
}

const normalise = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

const wordShare = (wanted: string, read: string): number => {
  const left = read.split(' ');
  const words = wanted.split(' ');
  const found = words.filter((word) => {
    const at = left.indexOf(word);
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
  return found.length / words.length;
};

/** Python's `difflib.SequenceMatcher.ratio`: twice the matched length over both lengths, longest blocks first. */
export function sequenceRatio(a: string[], b: string[]): number {
  if (a.length + b.length === 0) return 1;
  return (2 * matchedLength(a, b)) / (a.length + b.length);
}

function matchedLength(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let best = { length: 0, a: 0, b: 0 };
  let previous = new Uint32Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const current = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      const length = (previous[j] as number) + 1;
      current[j + 1] = length;
      if (length > best.length) best = { length, a: i - length + 1, b: j - length + 1 };
    }
    previous = current;
  }
  if (best.length === 0) return 0;
  return (
    best.length +
    matchedLength(a.slice(0, best.a), b.slice(0, best.b)) +
    matchedLength(a.slice(best.a + best.length), b.slice(best.b + best.length))
  );
}

export function levenshtein(a: string[], b: string[]): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
