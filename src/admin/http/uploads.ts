import { PayloadTooLargeException } from '@nestjs/common';
import { AssetMissingError, AssetPathError, type AssetStore } from '../../assets/asset-store.js';
import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import { mustBeOwn } from './published-file.js';
import { BadOrder } from '../trouble.js';

const MB = 1024 * 1024;
/** A telephone's 200 megapixels are a file of 30 to 60 MB. */
const LARGEST_UPLOAD = 64 * MB;
/** As base64 within another body, a picture is there three times while it is read. */
const LARGEST_IN_TEXT = 20 * MB;

/** Bounds for multipart bodies: what is larger is refused while it arrives, with 413. */
export const uploadLimits = { fileSize: LARGEST_UPLOAD, files: 10, fields: 30, fieldSize: 28 * MB, parts: 40 };

/** The part of multer's file that is used. */
export interface Upload {
  buffer: Buffer;
}

/** @throws BadOrder, and PayloadTooLargeException for more than an upload may have. */
export function decodeBase64(field: string, value: string): Buffer {
  const [, plain = value] = /^data:[\w/+.-]*;base64,(.*)$/s.exec(value) ?? [];
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(plain)) throw new BadOrder(`${field}: must be base64`);
  const bytes = Buffer.from(plain, 'base64');
  if (bytes.length > LARGEST_IN_TEXT)
    throw new PayloadTooLargeException(`${field}: a picture in base64 may have at most ${LARGEST_IN_TEXT / MB} MB`);
  return bytes;
}

/**
 * Pictures that are there already, by their URLs.
 * @throws BadOrder without saying what else is on the disk: another tenant's picture is missing like one that never was.
 */
export const readExisting = (
  { pool, assets }: { pool: Pool; assets: AssetStore },
  reach: Reach,
  urls: string[],
): Promise<Buffer[]> =>
  Promise.all(
    urls.map(async (url) => {
      try {
        await mustBeOwn(pool, reach, url);
        return await assets.read(url);
      } catch (error) {
        if (error instanceof AssetPathError || error instanceof AssetMissingError)
          throw new BadOrder(`pictureUrls: ${error.message}`);
        throw error;
      }
    }),
  );
