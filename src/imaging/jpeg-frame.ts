/** What the head of a JPEG says about how it must be decoded. */
export interface JpegFrame {
  /** Bytes that a decoder keeps until the last line is read; 0 when it can go line by line. */
  heldBytes: number;
  /** Whether an end-of-image marker follows the picture's data. Without one the rest was never written. */
  hasEnd: boolean;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
/** Coefficients are kept as 16-bit numbers, in blocks of 8 x 8. */
const COEFFICIENT_BYTES = 2;
const BLOCK = 8;

interface Frame {
  isProgressive: boolean;
  components: number;
  heldBytes: number;
}

/**
 * Reads the segments up to the first scan, without decoding anything. A progressive picture, and one whose colours come
 * in scans of their own, is a whole picture only at the end: all its coefficients are kept until then.
 * Null when the head is damaged.
 */
export function readJpegFrame(bytes: Buffer): JpegFrame | null {
  let frame: Frame | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    // Fill bytes, and whatever an editor left there, may stand before a marker.
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 4 > bytes.length) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff || marker === 0) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === START_OF_SCAN) {
      if (!frame) return null;
      // In the data of a scan FF is always followed by 00 or a restart marker.
      const hasEnd = bytes.indexOf(END_OF_IMAGE, at + 2 + length) >= 0;
      const isWhole = frame.isProgressive || (segment[0] as number) < frame.components;
      return { heldBytes: isWhole ? frame.heldBytes : 0, hasEnd };
    }
    if (isStartOfFrame(marker)) frame = frameOf(marker, segment);
    at += 2 + length;
  }
  return null;
}

/** C0 to CF but for the tables (C4, CC) and a reserved one (C8). */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function frameOf(marker: number, segment: Buffer): Frame | undefined {
  const components = segment[5] ?? 0;
  if (components === 0 || segment.length < 6 + components * 3) return undefined;
  const height = segment.readUInt16BE(1);
  const width = segment.readUInt16BE(3);
  const samplings = Array.from({ length: components }, (_, i) => segment[7 + i * 3] as number);
  const across = Math.max(1, ...samplings.map((sampling) => sampling >> 4));
  const down = Math.max(1, ...samplings.map((sampling) => sampling & 15));
  let heldBytes = 0;
  for (const sampling of samplings) {
    const columns = Math.ceil((width * (sampling >> 4)) / across / BLOCK) * BLOCK;
    const rows = Math.ceil((height * (sampling & 15)) / down / BLOCK) * BLOCK;
    heldBytes += columns * rows * COEFFICIENT_BYTES;
  }
  // SOF2, 6, 10 and 14.
  return { isProgressive: marker % 4 === 2, components, heldBytes };
}
