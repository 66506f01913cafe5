import { BadRequestException, NotFoundException } from '@nestjs/common';
import type { Response } from 'express';
import { AssetMissingError, AssetPathError } from '../../assets/asset-store.js';
import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import { isOwnAsset } from '../read/own-asset.js';

/** @throws AssetMissingError for a file of another tenant than the caller's, as for one that is not there. */
export async function mustBeOwn(pool: Pool, reach: Reach, url: string): Promise<void> {
  if (!(await isOwnAsset(pool, reach, url))) throw new AssetMissingError('Asset file not found');
}

/** What the asset store refuses, said as HTTP; everything else is thrown on. */
export const asHttpRefusal = (error: unknown): never => {
  if (error instanceof AssetPathError) throw new BadRequestException('this is no path of an asset');
  if (error instanceof AssetMissingError) throw new NotFoundException('there is no such file');
  throw error;
};

/** A file is published once and never changes under its name. */
export const keepForever = (response: Response, { isShared }: { isShared: boolean }): void => {
  response.setHeader('Cache-Control', `${isShared ? 'public' : 'private'}, max-age=31536000, immutable`);
};
