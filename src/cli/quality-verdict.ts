import type { ControlFigures, PhotoFigures, PictureFigures } from './quality-figures.js';
import { GLANCE_DISTANCE } from '../imaging/thumbnail-distance.js';
import type { StepCost } from './quality-costs.js';
import { textTable } from './text-table.js';

const LEAST_MEDIAN = 0.95;
const LEAST_WORST = 0.85;
/** WCAG AA for normal text, asked of the worse end of the ground although headlines count as large. */
const AA = 4.5;
/** A reader that scores more on unreadable text is not reading. */
const MOST_FOR_UNREADABLE = 0.3;

export interface Summary {
  pictures: number;
  medianAccuracy: number;
  worstAccuracy: number;
  meetAA: number;
  leastContrast: number;
  /** Pictures with a dish marked by hand. */
  marked: number;
  freeSpace: number;
  overDishDespiteFreeSpace: number;
  /** The unreadable picture that scored best, and the faint one whose contrast was best. */
  bestControlAccuracy: number;
  bestFaintContrast: number;
  /** Pictures on which the judge finds nothing wrong. */
  faultless: number;
  /** Of three pictures of one job the two most alike, over all photos. */
  leastDistance: number;
  complaints: string[];
}

const isOverDish = ({ truth }: PictureFigures): boolean => truth !== null && truth.freeSpace && truth.overDish > 0;
const meetsAA = ({ meetsAA: says, worstContrast }: PictureFigures): boolean => says && worstContrast >= AA;

export function summarise(figures: PhotoFigures[]): Summary {
  const pictures = figures.flatMap((photo) => photo.pictures);
  const controls = figures.flatMap((photo) => photo.controls);
  const accuracies = pictures.map(({ accuracy }) => accuracy).sort((a, b) => a - b);
  const faint = controls.filter(({ kind }) => kind === 'faint');
  const summary = {
    pictures: pictures.length,
    medianAccuracy: median(accuracies),
    worstAccuracy: accuracies[0] ?? 0,
    meetAA: pictures.filter(meetsAA).length,
    leastContrast: Math.min(...pictures.map(({ worstContrast }) => worstContrast)),
    marked: pictures.filter(({ truth }) => truth !== null).length,
    freeSpace: pictures.filter(({ truth }) => truth?.freeSpace).length,
    overDishDespiteFreeSpace: pictures.filter(isOverDish).length,
    bestControlAccuracy: Math.max(...controls.map(({ accuracy }) => accuracy)),
    bestFaintContrast: Math.max(...faint.map(({ contrast }) => contrast)),
    faultless: pictures.filter(({ findings }) => findings.length === 0).length,
    leastDistance: Math.min(...figures.map(({ leastDistance }) => leastDistance)),
  };
  return { ...summary, complaints: complaintsOf(summary) };
}

/** Of an even number the mean of the two in the middle. */
function median(sorted: number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

const complaintsOf = (s: Omit<Summary, 'complaints'>): string[] => [
  ...(s.pictures === 0 ? ['no picture was measured'] : []),
  ...(s.medianAccuracy < LEAST_MEDIAN ? [`median OCR accuracy ${three(s.medianAccuracy)} < ${LEAST_MEDIAN}`] : []),
  ...(s.worstAccuracy < LEAST_WORST ? [`worst OCR accuracy ${three(s.worstAccuracy)} < ${LEAST_WORST}`] : []),
  ...(s.meetAA < s.pictures ? [`${s.pictures - s.meetAA} of ${s.pictures} pictures miss WCAG AA`] : []),
  ...(s.overDishDespiteFreeSpace > 0
    ? [`text over the dish on ${s.overDishDespiteFreeSpace} pictures that have free space`]
    : []),
  ...(s.bestControlAccuracy > MOST_FOR_UNREADABLE
    ? [`unreadable text scored ${three(s.bestControlAccuracy)}, more than ${MOST_FOR_UNREADABLE}`]
    : []),
  ...(s.leastDistance <= GLANCE_DISTANCE
    ? [`variants of one job only ${s.leastDistance.toFixed(1)} apart, ${GLANCE_DISTANCE} wanted`]
    : []),
  ...(s.bestFaintContrast >= AA ? [`faint text was measured at a contrast of ${s.bestFaintContrast.toFixed(2)}`] : []),
];

const three = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

export function figuresTable(figures: PhotoFigures[]): string {
  const columns = [
    'photo',
    'design',
    'format',
    'OCR',
    'contrast',
    'over dish',
    'free',
    'font',
    'place',
    'box IoU',
    'IoU',
    'headline',
    'left out',
    'findings',
    'read as',
  ];
  const rows = figures
    .flatMap((photo) => photo.pictures)
    .map((picture) => [
      picture.photo,
      picture.design,
      picture.format,
      three(picture.accuracy),
      `${picture.worstContrast.toFixed(2)}${meetsAA(picture) ? '' : ' below AA'}`,
      picture.truth ? percent(picture.truth.overDish) : 'not marked',
      picture.truth ? (picture.truth.freeSpace ? 'yes' : 'no') : '',
      `${picture.fontSize} px`,
      picture.place,
      picture.truth ? picture.truth.boxIou.toFixed(2) : '',
      picture.iouWithFood.toFixed(3),
      picture.headline,
      picture.leftOut.join(' '),
      picture.findings.join(' '),
      picture.accuracy === 1 ? '' : picture.readText,
    ]);
  return textTable(columns, rows);
}

export const photosTable = (figures: PhotoFigures[]): string =>
  textTable(
    ['photo', 'cut out', 'confidence', 'why', 'least distance of variants'],
    figures.map(({ photo, cutout, leastDistance }) => [
      photo,
      cutout.isCut ? 'yes' : 'no',
      cutout.confidence.toFixed(3),
      cutout.reason,
      leastDistance.toFixed(1),
    ]),
  );

export const costsTable = (costs: StepCost[]): string =>
  textTable(
    ['step', 'times', 'median', 'worst', 'peak memory'],
    costs.map(({ step, times, medianMs, worstMs, peakMb }) => [
      step,
      `${times}`,
      `${medianMs} ms`,
      `${worstMs} ms`,
      `${peakMb} MB`,
    ]),
  );

export const summaryLines = (s: Summary): string[] => [
  `OCR character accuracy: median ${three(s.medianAccuracy)}, worst ${three(s.worstAccuracy)} (${s.pictures} pictures)`,
  `WCAG AA: ${s.meetAA} of ${s.pictures}, worst contrast ${s.leastContrast.toFixed(2)}`,
  `text over the dish where free space exists: ${s.overDishDespiteFreeSpace} of ${s.freeSpace} (${s.marked} marked by hand)`,
  `negative control: unreadable text scores at most ${three(s.bestControlAccuracy)}, ` +
    `faint text has a contrast of at most ${s.bestFaintContrast.toFixed(2)}`,
  `the judge finds nothing wrong on ${s.faultless} of ${s.pictures}`,
  `variants of one job: at least ${s.leastDistance.toFixed(1)} apart as grey thumbnails (limit ${GLANCE_DISTANCE})`,
  s.complaints.length === 0 ? 'verdict: good' : `verdict: not good: ${s.complaints.join('; ')}`,
];

export type { ControlFigures };
