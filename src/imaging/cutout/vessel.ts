import type { Raster } from '../picture.js';
import type { EdgeField } from './edge-field.js';
import { type Oval, ovalArea, radiusAt, scaledOval } from './oval.js';
import { climb, type FoundRim, supportOf } from './rim-search.js';
import { isBox, type Pointer } from './shape-candidates.js';

/** Share of a rim that must have its edge before it is believed to be one: food and cutlery hide the rest. */
const LEAST_SUPPORT = 0.8;
/** A dish is at least this share of the photo, unless it was pointed at. */
const LEAST_AREA = 0.1;
/** Another rim of this share of the dish's area is a dish of its own. */
const LEAST_RIVAL = 0.22;
const RIVAL_SUPPORT = 0.84;
/** A rim of so many times another one's area lies around it and is no second line of the same. */
const AROUND = 1.25;
/** A double rim's outer line lies this much further out, and may be this much fainter. */
const GROWTHS = [1.16, 1.12, 1.08, 1.05, 1.03];
const FAINTER = 0.03;
const ASIDE = 0.02;

/** Gradient (Lab a pixel) that counts as a whole edge when a white plate's rim is looked for on a white table. */
const FAINT_EDGE = 0.7;
const FAINT_SUPPORT = 0.78;
const FAINT_GROWTHS = [1.25, 1.4, 1.6, 1.85, 2.1];
/** Times the area: nearer, it is the rim's own thickness or its shadow. */
const FAINT_AREA = 1.3;

/** What the rims say about the dish. */
export type VesselFinding =
  | { kind: 'none' }
  | { kind: 'several' }
  | { kind: 'cropped' }
  | { kind: 'vessel'; oval: FoundRim };

/** The plate, bowl or pan in the middle of the photo, or where the owner pointed: the outermost of its rims. */
export function findVessel(
  rims: FoundRim[],
  field: EdgeField,
  { width, height }: Raster,
  pointer: Pointer | undefined,
): VesselFinding {
  const middle = pointer === undefined ? { x: width / 2, y: height / 2 } : centreOf(pointer);
  const least = (pointer === undefined ? LEAST_AREA : LEAST_AREA / 4) * width * height;
  const largest = pointer !== undefined && isBox(pointer) ? pointer.width * pointer.height * 1.4 : width * height * 2;
  const sound = rims.filter((rim) => {
    const area = ovalArea(rim);
    return rim.support >= LEAST_SUPPORT && area >= least && area <= largest && radiusAt(rim, middle.x, middle.y) < 0.85;
  });
  const [clearest] = sound.sort((one, other) => weightOf(other) - weightOf(one));
  if (!clearest) return { kind: 'none' };
  // Food in the middle of a plate is often clearer than the plate.
  const [around] = sound
    .filter((rim) => ovalArea(rim) > AROUND * ovalArea(clearest))
    .sort((one, other) => ovalArea(other) - ovalArea(one));
  const main = around ?? clearest;
  const oval = outermost(field, main);
  const rivals = rims.filter(
    (rim) =>
      rim.support >= RIVAL_SUPPORT &&
      ovalArea(rim) > LEAST_RIVAL * ovalArea(oval) &&
      radiusAt(oval, rim.cx, rim.cy) > 0.95,
  );
  if (rivals.length > 0 && pointer === undefined) return { kind: 'several' };
  return oval.framed < 0.985 ? { kind: 'cropped' } : { kind: 'vessel', oval };
}

const weightOf = (rim: FoundRim): number => rim.support ** 2 * Math.sqrt(ovalArea(rim));

const centreOf = (pointer: Pointer): { x: number; y: number } =>
  isBox(pointer) ? { x: pointer.x + pointer.width / 2, y: pointer.y + pointer.height / 2 } : pointer;

function outermost(field: EdgeField, rim: FoundRim): FoundRim {
  for (const growth of GROWTHS) {
    const { oval } = climb(field, { ...rim, a: rim.a * growth, b: rim.b * growth });
    const found = { ...oval, ...supportOf(field, oval) };
    const grown = ovalArea(found) / ovalArea(rim);
    // A shadow's edge lies to one side.
    if (Math.hypot(found.cx - rim.cx, found.cy - rim.cy) > ASIDE * rim.a) continue;
    if (grown > 1.03 && grown < 1.45 && found.support >= Math.max(LEAST_SUPPORT, rim.support - FAINTER)) return found;
  }
  return rim;
}

/** Whether a hardly visible plate may lie around the oval; on half the raster, where grain is gone. */
export function liesOnFaintPlate(half: EdgeField, rim: Oval): boolean {
  const oval = scaledOval(rim, 0.5);
  return FAINT_GROWTHS.some((growth) => {
    const around = climb(half, { ...oval, a: oval.a * growth, b: oval.b * growth }, FAINT_EDGE).oval;
    return (
      ovalArea(around) > FAINT_AREA * ovalArea(oval) &&
      radiusAt(around, oval.cx, oval.cy) < 0.5 &&
      supportOf(half, around, FAINT_EDGE).support >= FAINT_SUPPORT
    );
  });
}
