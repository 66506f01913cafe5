import type { Ending } from '../jobs-watch.js';

/** The end of a job as lines: state, pictures, feed. */
export const endingText = (ending: Ending, names: Record<Ending['ending'], string>): string =>
  [
    `job ${ending.jobId}: ${names[ending.ending]} (${ending.state})${ending.reason ? `: ${ending.reason}` : ''}`,
    ...ending.variants.map(
      ({ state, picture, reason }, index) =>
        `  ${index + 1}. ${state}${reason ? ` (${reason})` : ''}${picture ? `  ${picture}` : ''}`,
    ),
    ...(ending.instagramCopy ? ['', ending.instagramCopy, ending.hashtags.join(' ')] : []),
  ].join('\n');
