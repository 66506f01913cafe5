/**
 * Otsu's threshold: the value that splits the numbers into two groups as far apart as possible.
 * @returns the threshold and how well it splits (0 no groups at all .. 1 two sharp groups).
 */
export function otsuSplit(values: Float32Array, bins = 256): { threshold: number; separation: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return { threshold: high, separation: 0 };
  const histogram = new Float64Array(bins);
  const scale = (bins - 1) / (high - low);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.round(((values[i] as number) - low) * scale);
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  let sum = 0;
  let squares = 0;
  histogram.forEach((count, bin) => {
    sum += count * bin;
    squares += count * bin * bin;
  });
  const total = values.length;
  const variance = squares / total - (sum / total) ** 2;
  let below = 0;
  let belowSum = 0;
  let best = -1;
  let bestBin = 0;
  for (let bin = 0; bin < bins - 1; bin++) {
    below += histogram[bin] as number;
    belowSum += (histogram[bin] as number) * bin;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const between = ((below * above) / (total * total)) * (belowSum / below - (sum - belowSum) / above) ** 2;
    if (between > best) {
      best = between;
      bestBin = bin;
    }
  }
  return { threshold: low + (bestBin + 0.5) / scale, separation: variance > 0 ? Math.max(0, best) / variance : 0 };
}
