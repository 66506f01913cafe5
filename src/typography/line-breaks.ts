/** Widths are measured at 1 px font size; `widest` is the room at that size. */
export interface Breaks {
  lines: string[];
  /** Of the widest line, at 1 px. */
  widest: number;
}

/** Signs that never begin a line, and signs that never end one. */
const NOT_FIRST = /^[,.!?)\]}»”’〉》」』】·…~%:;、。！？）]/u;
const NOT_LAST = /[([{«“‘〈《「『【（₩$#@]$/u;
/** A word that leans on the next one: 한 그릇, 더 맛있는, 이 겨울. */
const LEANS_ON_NEXT =
  /^(한|두|세|네|다섯|딱|꼭|더|단|이|그|저|첫|매|전|총|약|안|못|잘|왜|및|또는|The|the|A|a|of|and)$/u;
/** A word that leans on the one before: 맛있는 게, 먹을 수, 갈 때. */
const LEANS_ON_PREVIOUS = /^(게|걸|거|것|건|수|줄|데|때|채|뿐|만큼|대로|등|분)[.,!?~]*$/u;
/** A phrase that ends with these is one in itself; the line may well end here. */
const ENDS_PHRASE =
  /[,.!?…·:]$|(?:에서|으로|에게|까지|부터|하고|이면|라면|하면|지만|는데|니까|도록|엔|은|는|을|를|에|로|와|과|고|며|면|서|도)$/u;
/** Numbers stay with what they count. */
const NUMBER_AND_UNIT = (before: string, after: string): boolean =>
  /\d$/u.test(before) && /^(원|개|인분|명|잔|병|그릇|접시|판|g|kg|ml|ℓ|%|시|분|월|일|층|호점|호|세트)/u.test(after);

/** What a break costs, in shares of a line's width. */
function costOfBreak(before: string, after: string): number {
  if (NOT_FIRST.test(after) || NOT_LAST.test(before)) return 10;
  if (NUMBER_AND_UNIT(before, after)) return 1.2;
  if (/[,.!?…]$/u.test(before)) return -0.25;
  if (LEANS_ON_NEXT.test(before) || LEANS_ON_PREVIOUS.test(after)) return 0.9;
  if (ENDS_PHRASE.test(before)) return 0;
  // A modifier and its noun belong together: most other words lean on what follows.
  return 0.18;
}

interface Piece {
  text: string;
  /** It follows the piece before without a blank. */
  glued: boolean;
  /** The word that it belongs to. */
  whole: string;
}

/** Words of up to so many letters stay whole in large type; copy without blanks has to be parted somewhere. */
const LONGEST_WHOLE = 8;
/** A break that costs so much parts what belongs together. */
const PARTING = 0.8;

/** Words, and where a single word is wider than the room, its pieces; Korean may break between syllables. */
function piecesOf(text: string, room: number, measure: (text: string) => number): Piece[] {
  return text
    .split(/ +/u)
    .filter((word) => word !== '')
    .flatMap((word) => {
      if (measure(word) <= room || [...word].length < 3) return [{ text: word, glued: false, whole: word }];
      return piecesOfWord(word, room, measure).map((piece, index) => ({
        text: piece,
        glued: index > 0,
        whole: word,
      }));
    });
}

/** Cut as evenly as can be, never before a closing sign nor inside a number or a Latin word that fits. */
function piecesOfWord(word: string, room: number, measure: (text: string) => number): string[] {
  const atoms = word.match(/[A-Za-z0-9.,'’-]+|./gsu) ?? [word];
  const parts = Math.max(2, Math.ceil(measure(word) / room));
  const target = measure(word) / parts;
  const pieces: string[] = [];
  let piece = '';
  for (const atom of atoms) {
    const mayBreak = piece !== '' && !NOT_FIRST.test(atom) && !NOT_LAST.test(piece);
    const isFull = measure(piece + atom) > room || (measure(piece) >= target && pieces.length < parts - 1);
    if (mayBreak && isFull) {
      pieces.push(piece);
      piece = atom;
    } else {
      piece += atom;
    }
  }
  return [...pieces, piece];
}

interface Plan {
  cost: number;
  widest: number;
  starts: number[];
}

export interface BreakLimits {
  /** Room at 1 px font size. */
  room: number;
  mostLines: number;
  measure: (text: string) => number;
  /** Nothing that belongs together is parted, words least of all: smaller type is the way out. */
  isStrict?: boolean;
}

/**
 * The text on as few lines as `room` (at 1 px) allows, broken at phrases and as evenly as can be. A `\n` is a break that
 * somebody chose, and stays. Null when it needs more than `mostLines`.
 */
export function breakLines(text: string, { room, mostLines, measure, isStrict = false }: BreakLimits): Breaks | null {
  const parts = text.split('\n').filter((part) => part.trim() !== '');
  const lines: string[] = [];
  for (const part of parts) {
    const broken = breakPart(part.trim(), room, mostLines - lines.length, measure, isStrict);
    if (broken === null) return null;
    lines.push(...broken);
  }
  if (lines.length === 0 || lines.length > mostLines) return null;
  return { lines, widest: Math.max(...lines.map(measure)) };
}

function breakPart(
  text: string,
  room: number,
  mostLines: number,
  measure: (text: string) => number,
  isStrict: boolean,
): string[] | null {
  const fewest = Math.ceil(measure(text) / room - 1e-6);
  if (fewest > mostLines) return null;
  const pieces = piecesOf(text, room, measure);
  if (isStrict && pieces.some(({ glued, whole }) => glued && [...whole].length <= LONGEST_WHOLE)) return null;
  for (let count = Math.max(1, fewest); count <= Math.min(mostLines, pieces.length); count++) {
    const lines = evenest(pieces, count, room, measure, isStrict);
    if (lines) return lines;
  }
  return null;
}

/** The cheapest way onto exactly `count` lines: uneven lines cost, and so do breaks inside a phrase. */
function evenest(
  pieces: Piece[],
  count: number,
  room: number,
  measure: (text: string) => number,
  isStrict: boolean,
): string[] | null {
  const line = (from: number, to: number): string =>
    pieces
      .slice(from, to)
      .map(({ text, glued }, index) => (index === 0 || glued ? text : ` ${text}`))
      .join('');
  // Sums instead of measuring every run of words: kerning across a blank is nothing.
  const blank = measure('가 가') - measure('가가');
  const ends = [0];
  for (const { text, glued } of pieces)
    ends.push((ends.at(-1) as number) + measure(text) + (glued || ends.length === 1 ? 0 : blank));
  const widthOf = (from: number, to: number): number =>
    (ends[to] as number) - (ends[from] as number) - (from === 0 || pieces[from]?.glued ? 0 : blank);
  const ideal = widthOf(0, pieces.length) / count;
  let plans: (Plan | undefined)[] = pieces.map((_, index) => step({ cost: 0, widest: 0, starts: [] }, 0, index + 1));
  for (let used = 2; used <= count; used++) {
    const next: (Plan | undefined)[] = pieces.map(() => undefined);
    for (let end = used; end <= pieces.length; end++) {
      for (let from = used - 1; from < end; from++) {
        const before = plans[from - 1];
        const plan = before && step(before, from, end);
        if (plan && (next[end - 1] === undefined || plan.cost < (next[end - 1] as Plan).cost)) next[end - 1] = plan;
      }
    }
    plans = next;
  }
  const best = plans.at(-1);
  if (!best) return null;
  return best.starts.map((from, index) => line(from, best.starts[index + 1] ?? pieces.length));

  function step(before: Plan, from: number, end: number): Plan | undefined {
    const width = widthOf(from, end);
    if (width > room) return undefined;
    const uneven = ((width - ideal) / Math.max(ideal, 1e-6)) ** 2;
    const last = pieces[from - 1];
    const first = pieces[from];
    const parting = last && first ? costOfBreak(last.text, first.text) : 0;
    if (isStrict && parting >= PARTING) return undefined;
    const broken = parting + (first?.glued ? 0.5 : 0);
    return {
      cost: before.cost + uneven + broken,
      widest: Math.max(before.widest, width),
      starts: [...before.starts, from],
    };
  }
}
