/** Bounds that no test runs into by accident; one that means to says so beside it. */
export const CLAIM_POLICY = {
  maxLostAttempts: 3,
  overlayTextGraceMs: 60_000,
  overlayTextPatienceMs: 60_000,
  picturePatienceMs: 60_000,
};
