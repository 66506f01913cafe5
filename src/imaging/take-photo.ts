import { sniffHeif } from './file-format.js';
import { jpegFromHeif } from './heif/decode-heif.js';

/**
 * The photo in a form that everything here can read: HEIC and AVIF become a JPEG, every other file stays as it was sent
 * and is judged by whoever decodes it.
 * @throws UnreadableImageError for a HEIC or AVIF file that cannot be used.
 */
export async function takePhoto(bytes: Buffer): Promise<Buffer> {
  const heif = sniffHeif(bytes);
  return heif ? jpegFromHeif(bytes, heif) : bytes;
}
