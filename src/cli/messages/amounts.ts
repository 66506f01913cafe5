/** `12 s`, `3 min`, `5 h`: about, for a sentence. */
export const amountOf = (seconds: number): string => {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
};

/** The same in Korean. */
export const amountInKorean = (seconds: number): string => {
  if (seconds < 10) return `${Number(seconds.toFixed(1))}초`;
  if (seconds < 120) return `${Math.round(seconds)}초`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)}분` : `${Math.round(seconds / 3_600)}시간`;
};

export const gibibytes = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.floor(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
