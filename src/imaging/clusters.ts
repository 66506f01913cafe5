/** A group of like points: its centre and the share (0..1) of all points that belong to it. */
export interface Cluster {
  centre: [number, number, number];
  share: number;
}

/**
 * k-means over points stored as x, y, z, x, y, z … (Lab colours here).
 * The start is cut from the points in order of their first value, so the answer depends on the set of points alone and
 * not on their order: the same picture gives the same clusters, mirrored or not.
 * @returns at most `count` clusters, biggest first; fewer when points coincide.
 */
export function clusterColours(points: Float32Array, count: number, rounds = 12): Cluster[] {
  const size = points.length / 3;
  if (size === 0) return [];
  const order = Uint32Array.from({ length: size }, (_, i) => i).sort(
    (i, j) =>
      (points[i * 3] as number) - (points[j * 3] as number) ||
      (points[i * 3 + 1] as number) - (points[j * 3 + 1] as number) ||
      (points[i * 3 + 2] as number) - (points[j * 3 + 2] as number),
  );
  let centres = Array.from({ length: count }, (_, k) => {
    const middle = order[Math.min(size - 1, Math.floor(((k + 0.5) * size) / count))] as number;
    return [...points.subarray(middle * 3, middle * 3 + 3)] as [number, number, number];
  });
  let members = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    const sums = new Float64Array(count * 3);
    members = new Float64Array(count);
    // Sums run in sorted order too: floating-point addition is not free of order.
    for (let place = 0; place < size; place++) {
      const i = order[place] as number;
      const nearest = nearestCentre(points, i, centres);
      members[nearest] = (members[nearest] as number) + 1;
      for (let c = 0; c < 3; c++)
        sums[nearest * 3 + c] = (sums[nearest * 3 + c] as number) + (points[i * 3 + c] as number);
    }
    centres = centres.map((centre, k) =>
      members[k] === 0
        ? centre
        : ([0, 1, 2].map((c) => (sums[k * 3 + c] as number) / (members[k] as number)) as [number, number, number]),
    );
  }
  return centres
    .map((centre, k) => ({ centre, share: (members[k] as number) / size }))
    .filter((cluster) => cluster.share > 0)
    .sort((a, b) => b.share - a.share);
}

function nearestCentre(points: Float32Array, i: number, centres: [number, number, number][]): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < centres.length; k++) {
    const centre = centres[k] as [number, number, number];
    const dx = (points[i * 3] as number) - centre[0];
    const dy = (points[i * 3 + 1] as number) - centre[1];
    const dz = (points[i * 3 + 2] as number) - centre[2];
    const distance = dx * dx + dy * dy + dz * dz;
    if (distance < least) {
      least = distance;
      nearest = k;
    }
  }
  return nearest;
}
