import { tenantFolder } from '../../assets/asset-store.js';
import { spellingsOf } from '../../assets/asset-url.js';
import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';

/** `/assets/<part>/tenants/<tenant>/…`, the layout of every part (contract §11). */
const folderIn = (url: string): string | undefined => /^\/assets\/[^/]+\/tenants\/([^/]+)\//.exec(url)?.[1];

/**
 * Whether an asset is of those whose things may be seen: it lies in the tenant's folder, or a row of the tenant names it.
 * Nothing is said about whether there is such a file.
 * @throws AssetPathError when the URL names no asset.
 */
export async function isOwnAsset(pool: Pool, { tenantId }: Reach, url: string): Promise<boolean> {
  if (tenantId === null || folderIn(url) === tenantFolder(tenantId)) return true;
  const { plain, encoded } = spellingsOf(url);
  const { rowCount } = await pool.query(
    `select from image_assets where (image_url = any($1) or mask_url = any($1)) and tenant_id = $2
     union all
     select from image_assets a join jobs j on j.job_id = a.job_id
      where (a.image_url = any($1) or a.mask_url = any($1)) and j.tenant_id = $2
     limit 1`,
    [[...plain, ...encoded], tenantId],
  );
  return rowCount !== 0;
}
