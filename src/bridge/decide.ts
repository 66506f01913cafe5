import { INPUT_STEP, isVariantStage, stageAfter, VARIANT_STAGES, type VariantStage } from '../../workflows/contract.js';

/** A variant's row as it is now. */
export interface VariantState {
  step: string | null;
  status: string | null;
  hasPicture: boolean;
}

/** What stands beside the row. */
export interface VariantEvidence {
  /** Who makes this job's pictures. */
  imageGeneration: 'internal' | 'external';
  /** The picture is already an advertisement's (image type `generated`): whoever made it goes on making. */
  pictureIsGenerated: boolean;
  /** A workflow has been started for this generation and the row has not settled since. */
  runIsOpen: boolean;
  /** The state that this system wrote last; null before its first write. */
  established: { step: string; status: string } | null;
}

export type Decision =
  /** Start (or wake) the workflow at this stage, and publish the acceptance if one is due. */
  | { action: 'start'; stage: VariantStage; publish?: VariantStage }
  /** Wake the open run: it reads the row and follows it. */
  | { action: 'look again' }
  /** Put back what this system established: a foreign write went backwards. */
  | { action: 'restore' }
  | { action: 'nothing'; because: string };

const nothing = (because: string): Decision => ({ action: 'nothing', because });

/**
 * What a variant's row asks of the bridge. Pure: the same row and evidence give the same answer, whatever happened to
 * the notification that led here.
 */
export function decide(row: VariantState, evidence: VariantEvidence): Decision {
  if (row.step !== INPUT_STEP && !(row.step && isVariantStage(row.step))) return nothing('not a step of this pipeline');
  return evidence.runIsOpen ? decideDuringRun(row, evidence) : decideAtRest(row, evidence);
}

function decideAtRest(row: VariantState, { imageGeneration, pictureIsGenerated }: VariantEvidence): Decision {
  const { step, status, hasPicture } = row;
  if (status === 'failed') return nothing('settled: failed');
  if (status === 'running') {
    // The run that starts here waits for them, and makes the picture itself if they never finish.
    const isOursToo = step === 'img_gen' && imageGeneration === 'internal' && hasPicture && !pictureIsGenerated;
    return isOursToo ? { action: 'start', stage: 'img_gen' } : nothing('somebody else is working on it');
  }

  if (step === INPUT_STEP) {
    if (status !== 'done') return nothing('its input is not complete');
    if (pictureIsGenerated)
      return nothing('it carries a generated picture: image generation outside goes on from here');
    if (imageGeneration === 'external') return nothing('image generation is outside');
    if (!hasPicture) return nothing('it has no picture to begin with');
    return { action: 'start', stage: 'img_gen', publish: 'img_gen' };
  }

  const stage = step as VariantStage;
  if (status === 'queued') {
    if (stage !== 'img_gen') return { action: 'start', stage };
    if (imageGeneration === 'external') return nothing('image generation is outside');
    if (!hasPicture) return nothing('it has no picture to begin with');
    return { action: 'start', stage };
  }
  if (status === 'done') {
    const next = stageAfter(stage);
    if (!next) return nothing('settled: done');
    if (stage === 'img_gen' && !hasPicture) return nothing('it is said to be generated but carries no picture');
    return stage === 'img_gen' ? { action: 'start', stage: next, publish: next } : { action: 'start', stage: next };
  }
  return nothing('not a status of this pipeline');
}

function decideDuringRun(row: VariantState, { established }: VariantEvidence): Decision {
  // Failed by a foreign hand: the run finds its claim refused and ends.
  if (row.status === 'failed' || !established) return { action: 'look again' };
  const is = progress(row.step, row.status);
  if (is === undefined) return nothing('not a status of this pipeline');
  const was = progress(established.step, established.status) ?? -1;
  if (is > was) return { action: 'look again' };
  if (is < was) return { action: 'restore' };
  return nothing('the open run knows');
}

const STATUS_ORDER = ['queued', 'running', 'done'];

/** A number that grows along the road; undefined for a status that is no place on it. */
function progress(step: string | null, status: string | null): number | undefined {
  const place = STATUS_ORDER.indexOf(status ?? '');
  if (place < 0) return undefined;
  const stage = step === INPUT_STEP ? 0 : 1 + (VARIANT_STAGES as readonly string[]).indexOf(step ?? '');
  return stage * STATUS_ORDER.length + place;
}
