import type { VariantDetail } from '../api/types.js';
import { Icon } from '../ui/icon.js';
import { useWords, type Words } from '../words/index.js';

type Grade = 'good' | 'fair' | 'poor';
type Scores = VariantDetail['scores'];

interface Score {
  grade: Grade;
  text: string;
  /** The number behind the words. */
  figure: string;
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const gradeOf = (value: number, good: number, fair: number): Grade =>
  value >= good ? 'good' : value >= fair ? 'fair' : 'poor';

/** The measurements as a shop would say them, the worst first. */
export function scoresOf({ ocr, readability, iou, judge }: Scores, { scores: words }: Words): Score[] {
  const found: Score[] = [];
  const accuracy = number(ocr?.ocr_accuracy);
  if (accuracy !== undefined) {
    const grade = gradeOf(accuracy, 0.9, 0.6);
    found.push({ grade, text: words.ocr[grade], figure: words.percent(accuracy) });
  }
  const ratio = number(readability?.contrast_ratio);
  if (ratio !== undefined) {
    // WCAG's lines for large text: AAA and AA.
    const grade = gradeOf(ratio, 4.5, 3);
    found.push({ grade, text: words.contrast[grade], figure: words.ratio(ratio) });
  }
  const covered = number(iou?.iou_with_food);
  if (covered !== undefined) {
    const grade = gradeOf(1 - covered, 0.98, 0.85);
    found.push({ grade, text: words.cover[grade], figure: words.percent(covered) });
  }
  if (judge && typeof judge.on_brief === 'boolean') {
    const issues = Array.isArray(judge.issues) ? judge.issues.length : 0;
    const grade = !judge.on_brief ? 'poor' : issues > 0 ? 'fair' : 'good';
    found.push({ grade, text: words.judge[grade], figure: '' });
  }
  const ranks: Grade[] = ['poor', 'fair', 'good'];
  return found.sort((a, b) => ranks.indexOf(a.grade) - ranks.indexOf(b.grade));
}

/** One line for a card: what is worth knowing first. */
export function ScoreLine({ scores }: { scores: Scores }) {
  const words = useWords();
  const [first] = scoresOf(scores, words);
  if (!first) return <p class="quiet">{words.scores.pending}</p>;
  return (
    <p class={`score ${first.grade}`}>
      <Icon name={first.grade === 'poor' ? 'warn' : 'check'} />
      {first.text}
    </p>
  );
}

export function ScoreList({ scores }: { scores: Scores }) {
  const words = useWords();
  const found = scoresOf(scores, words);
  const analysis = scores.judge?.analysis;
  return (
    <section class="scores">
      <h3>{words.scores.heading}</h3>
      {found.length === 0 && <p class="quiet">{words.scores.pending}</p>}
      <ul>
        {found.map(({ grade, text, figure }) => (
          <li key={text} class={`score ${grade}`}>
            <Icon name={grade === 'poor' ? 'warn' : 'check'} />
            <span>{text}</span>
            <span class="figure">{figure}</span>
          </li>
        ))}
      </ul>
      {typeof analysis === 'string' && (
        <details>
          <summary>{words.scores.ownWords}</summary>
          <p class="quiet" lang="en">
            {analysis}
          </p>
        </details>
      )}
    </section>
  );
}
