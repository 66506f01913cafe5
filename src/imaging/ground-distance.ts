import { type Cluster, clusterColours } from './clusters.js';
import { rgbToLab } from './colour.js';
import type { Raster } from './picture.js';

/** Lab values of every pixel, 3 a pixel. */
export function labPlanes(raster: Raster): Float32Array {
  const pixels = raster.width * raster.height;
  const lab = new Float32Array(pixels * 3);
  for (let i = 0; i < pixels * 3; i += 3) {
    const { l, a, b } = rgbToLab({
      r: raster.data[i] as number,
      g: raster.data[i + 1] as number,
      b: raster.data[i + 2] as number,
    });
    // Shadows and light patches change lightness far more than hue, so lightness counts for less.
    lab[i] = l * 0.7;
    lab[i + 1] = a;
    lab[i + 2] = b;
  }
  return lab;
}

/** The main colours of a frame 4 % wide: what the dish lies on. Rare ones are dropped, they may be the dish itself. */
export function borderClusters(lab: Float32Array, width: number, height: number): Cluster[] {
  const band = Math.max(2, Math.round(Math.min(width, height) * 0.04));
  const points: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.min(x, y, width - 1 - x, height - 1 - y) >= band) continue;
      const i = (y * width + x) * 3;
      points.push(lab[i] as number, lab[i + 1] as number, lab[i + 2] as number);
    }
  }
  return clusterColours(Float32Array.from(points), 5).filter((cluster) => cluster.share >= 0.05);
}

export function distanceFrom(clusters: Cluster[], lab: Float32Array): Float32Array {
  const distance = new Float32Array(lab.length / 3);
  for (let i = 0; i < distance.length; i++) {
    let least = Number.POSITIVE_INFINITY;
    for (const { centre } of clusters) {
      const dl = (lab[i * 3] as number) - centre[0];
      const da = (lab[i * 3 + 1] as number) - centre[1];
      const db = (lab[i * 3 + 2] as number) - centre[2];
      least = Math.min(least, dl * dl + da * da + db * db);
    }
    distance[i] = Math.sqrt(least);
  }
  return distance;
}

/** People put the dish near the middle: a wide Gaussian hill, one half at about 0.4 of the way from centre to edge. */
export function weighByCentre(distance: Float32Array, width: number, height: number): Float32Array {
  const weighed = new Float32Array(distance.length);
  for (let y = 0; y < height; y++) {
    const dy = (y + 0.5) / height - 0.5;
    for (let x = 0; x < width; x++) {
      const dx = (x + 0.5) / width - 0.5;
      const hill = Math.exp(-(dx * dx + dy * dy) / (2 * 0.3 * 0.3));
      weighed[y * width + x] = (distance[y * width + x] as number) * hill;
    }
  }
  return weighed;
}
