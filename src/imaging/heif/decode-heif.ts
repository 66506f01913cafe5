import { spawn } from 'node:child_process';
import { type HeifFormat } from '../file-format.js';
import { mostPixels, UnreadableImageError } from '../picture-header.js';
import { createSlots } from '../slots.js';
import { type HeifOrder, REFUSED } from './heif-protocol.js';

/** A 48-megapixel photo takes about 5 s on one slow core. */
const MOST_MS = 30_000;
/** Its pictures are held whole, so that less is taken than of a JPEG: telephones write at most 50. */
const MOST_PIXELS = 64e6;
const MOST_HEAP_MB = 192;
const MOST_OUTPUT_BYTES = 120 * 1024 * 1024;

const ENTRY = new URL('./heif-process.js', import.meta.url);

/** Each holds hundreds of megabytes. */
const decoders = createSlots(1);

/**
 * A HEIC or AVIF file as a JPEG of high quality: upright as the file says, in the file's own colours (with their
 * profile), without any other metadata. Decoded in a process of its own, which knows nothing of ours, may take so much
 * time and memory, and ends with the picture.
 * @throws UnreadableImageError for files that cannot be used, or take too long.
 */
export const jpegFromHeif = (bytes: Buffer, format: HeifFormat): Promise<Buffer> =>
  decoders.run(() => decode(bytes, { format, maxPixels: Math.min(MOST_PIXELS, mostPixels()) }));

function decode(bytes: Buffer, order: HeifOrder): Promise<Buffer> {
  const entry = `import ${JSON.stringify(ENTRY.href)}`;
  const flags = [...loaders(), `--max-old-space-size=${MOST_HEAP_MB}`, '--input-type=module', '--eval', entry];
  const child = spawn(process.execPath, [...flags, '--', JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // No secret of ours is in reach of what decodes a stranger's file. Windows starts nothing without its root.
    env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
    timeout: MOST_MS,
    killSignal: 'SIGKILL',
  });
  const output: Buffer[] = [];
  let size = 0;
  let says = '';
  child.stdout.on('data', (part: Buffer) => {
    size += part.length;
    if (size > MOST_OUTPUT_BYTES) child.kill('SIGKILL');
    else output.push(part);
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    if (says.length < 2000) says += part;
  });
  // A decoder that refuses the head does not read the rest.
  child.stdin.on('error', () => {});
  child.stdin.end(bytes);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && size > 0) return resolve(Buffer.concat(output));
      const sentence =
        code === REFUSED
          ? says
          : `The ${order.format.toUpperCase()} picture is damaged or cut off (its decoder did not come to an end). Upload the photo again from the original, or save it as a JPEG.`;
      reject(new UnreadableImageError(sentence));
    });
  });
}

/** Module loaders that this process was given; the child needs them as much to find its code. */
function loaders(): string[] {
  return process.execArgv.flatMap((flag, index, all) => {
    if (flag.startsWith('--import=')) return [flag];
    return flag === '--import' ? [flag, all[index + 1] as string] : [];
  });
}
