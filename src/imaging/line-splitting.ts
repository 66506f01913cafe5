export interface LineLayout {
  lines: string[];
  /** Pixels. */
  fontSize: number;
}

export interface LineLimits {
  /** Pixels the lines may take. */
  width: number;
  height: number;
  maxFontSize: number;
  /** Line pitch as a multiple of the font size. */
  lineHeight: number;
}

/** A line this much shorter than the widest one, with a single word on it, looks forgotten. */
const ORPHAN_SHARE = 0.45;

/** What breaking a line at all costs: short copy stands best on one line. */
const FIRST_BREAK = 0.09;

/**
 * The split of a text into lines that allows the largest type. Lines break between words only (Korean "keep-all"),
 * and of splits of the same size the most even one without an orphan word wins.
 * `measure` tells the width of a text at 1 px font size.
 */
export function bestLines(text: string, measure: (text: string) => number, limits: LineLimits): LineLayout {
  const widthOf = remembering(measure);
  const words = text.split(/\s+/u).filter((word) => word !== '');
  let best: (LineLayout & { score: number }) | null = null;
  for (let count = 1; count <= words.length; count++) {
    const byHeight = limits.height / (limits.lineHeight * count);
    if (best !== null && byHeight * 1.05 < best.score) break;
    const lines = evenLines(words, count, widthOf);
    const widths = lines.map(widthOf);
    const widest = Math.max(...widths);
    const fontSize = Math.min(limits.maxFontSize, byHeight, limits.width / widest);
    const lastIsOrphan = count > 1 && isOrphan(lines.at(-1) as string, (widths.at(-1) as number) / widest);
    // Fewer lines are calmer, so another line must pay for itself with visibly larger type.
    const score = fontSize * (lastIsOrphan ? 0.75 : 1) * (1 - (count > 1 ? FIRST_BREAK : 0) - 0.03 * (count - 1));
    if (best === null || score > best.score) best = { lines, fontSize, score };
  }
  return best === null ? { lines: [], fontSize: limits.maxFontSize } : { lines: best.lines, fontSize: best.fontSize };
}

/** The same run of words is measured for many splits; shaping it once is enough. */
function remembering(measure: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}

const isOrphan = (line: string, shareOfWidest: number): boolean => !line.includes(' ') && shareOfWidest < ORPHAN_SHARE;

/** The words on exactly `count` lines with the widest line as narrow as can be, then as even as can be. */
function evenLines(words: string[], count: number, widthOf: (text: string) => number): string[] {
  interface Plan {
    widest: number;
    squares: number;
    lines: string[];
  }
  const better = (a: Plan, b: Plan | undefined): boolean =>
    b === undefined || a.widest < b.widest - 1e-9 || (a.widest <= b.widest + 1e-9 && a.squares < b.squares);
  const line = (from: number, to: number): string => words.slice(from, to).join(' ');
  // plans[end] is the best way to set the first `end` words on the current number of lines.
  let plans: (Plan | undefined)[] = words.map((_, i) => {
    const width = widthOf(line(0, i + 1));
    return { widest: width, squares: width * width, lines: [line(0, i + 1)] };
  });
  for (let used = 2; used <= count; used++) {
    const next: (Plan | undefined)[] = words.map(() => undefined);
    for (let end = used; end <= words.length; end++) {
      for (let from = used - 1; from < end; from++) {
        const before = plans[from - 1];
        if (before === undefined) continue;
        const width = widthOf(line(from, end));
        const plan = {
          widest: Math.max(before.widest, width),
          squares: before.squares + width * width,
          lines: [...before.lines, line(from, end)],
        };
        if (better(plan, next[end - 1])) next[end - 1] = plan;
      }
    }
    plans = next;
  }
  return plans.at(-1)?.lines ?? [words.join(' ')];
}
