/** What the decoding process is told, as JSON in its last argument. */
export interface HeifOrder {
  format: 'heic' | 'avif';
  maxPixels: number;
}

/** Its exit code when stderr holds a sentence for whoever sent the file. */
export const REFUSED = 3;
