/** When something was: moments, or how long ago in milliseconds. */
export interface When {
  before?: Date | undefined;
  after?: Date | undefined;
  olderThan?: number | undefined;
  newerThan?: number | undefined;
}

/** The narrower of both ways to say it; null where nothing was said. */
export const momentsOf = ({
  before,
  after,
  olderThan,
  newerThan,
}: When): { before: Date | null; after: Date | null } => {
  const ago = (milliseconds: number): number => Date.now() - milliseconds;
  const upper = [before?.getTime(), olderThan === undefined ? undefined : ago(olderThan)].filter(isGiven);
  const lower = [after?.getTime(), newerThan === undefined ? undefined : ago(newerThan)].filter(isGiven);
  return {
    before: upper.length > 0 ? new Date(Math.min(...upper)) : null,
    after: lower.length > 0 ? new Date(Math.max(...lower)) : null,
  };
};

const isGiven = (value: number | undefined): value is number => value !== undefined;
