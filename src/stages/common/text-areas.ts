import type { Pool } from '../../db/pool.js';
import type { TextAreas } from '../../typography/text-areas.js';

/** Where the design of a picture keeps its text; undefined for pictures of other makers. */
export async function findAreas(pool: Pool, imageId: string | null): Promise<TextAreas | undefined> {
  const { rows } = await pool.query<{ text_areas: TextAreas }>(
    'select text_areas from pipeline.pictures where image_asset_id = $1',
    [imageId],
  );
  return rows[0]?.text_areas;
}
