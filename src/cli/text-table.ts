/** Hangul, Chinese and Japanese letters, full-width forms and emoji take two places on a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;

export const displayWidth = (text: string): number =>
  [...text].reduce((width, letter) => width + (WIDE.test(letter) ? 2 : 1), 0);

const pad = (text: string, width: number): string => text + ' '.repeat(width - displayWidth(text));

/** One line per row, whatever the cells hold. */
const oneLine = (text: string): string => text.replaceAll('\r', '').replaceAll('\n', '⏎').replaceAll('\t', ' ');

/** Columns side by side, a line under their names. */
export function textTable(columns: string[], rows: string[][]): string {
  const cells = [columns, ...rows].map((row) => row.map(oneLine));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => displayWidth(row[index] ?? ''))));
  const line = (row: string[]): string =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join(' | ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('-+-'), ...body.map(line)].join('\n');
}
