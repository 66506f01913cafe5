const NAME = Buffer.from('ICC_PROFILE\0', 'latin1');
/** What one segment holds beside its length, the name, its number and how many there are. */
const PART = 65_533 - NAME.length - 2;

/**
 * The JPEG with this ICC profile in its head (ICC.1:2010, annex B.4); its pixels stay as they are. A profile that is not
 * one for RGB pictures is left out: decoders would refuse or misread the picture.
 */
export function withProfile(jpeg: Buffer, icc: Buffer): Buffer {
  if (icc.toString('latin1', 36, 40) !== 'acsp' || icc.toString('latin1', 16, 20) !== 'RGB ') return jpeg;
  const count = Math.ceil(icc.length / PART);
  const segments = Array.from({ length: count }, (_, index) => {
    const part = icc.subarray(index * PART, (index + 1) * PART);
    const head = Buffer.from([0xff, 0xe2, 0, 0]);
    head.writeUInt16BE(2 + NAME.length + 2 + part.length, 2);
    return Buffer.concat([head, NAME, Buffer.from([index + 1, count]), part]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
