import { tenantFolder } from '../../assets/asset-store.js';
import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';

/** `/assets/<part>/tenants/<tenant>/…`, the layout of every part (contract §11). */
const folderIn = (url: string): string | undefined => /^\/assets\/[^/]+\/tenants\/([^/]+)\//.exec(url)?.[1];

/**
 * Whether an asset is of those whose things may be seen: it lies in the tenant's folder, or a row of the tenant names it.
 * Nothing is said about whether there is such a file.
 */
export async function isOwnAsset(pool: Pool, { tenantId }: Reach, url: string): Promise<boolean> {
  if (tenantId === null || folderIn(url) === tenantFolder(tenantId)) return true;
  const { rowCount } = await pool.query(
    `select from image_assets where $1 in (image_url, mask_url) and tenant_id = $2
     union all
     select from image_assets a join jobs j on j.job_id = a.job_id where $1 in (a.image_url, a.mask_url) and j.tenant_id = $2
     limit 1`,
    [url, tenantId],
  );
  return rowCount !== 0;
}
