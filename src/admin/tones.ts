import type { Pool, PoolClient } from '../db/pool.js';
import { BadOrder } from './trouble.js';

export interface ToneStyle {
  id: string;
  /** English name, which engines and designs go by. */
  name: string;
}

/** A tone style by id, code, Korean or English name. @throws BadOrder that names the tones there are. */
export async function findTone(db: Pool | PoolClient, field: string, tone: string): Promise<ToneStyle> {
  const { rows } = await db.query<ToneStyle & { isIt: boolean }>(
    `select tone_style_id as id, eng_name as name, $1 in (tone_style_id::text, code, kor_name, eng_name) as "isIt"
       from tone_styles where eng_name is not null order by pk`,
    [tone],
  );
  const found = rows.find(({ isIt }) => isIt);
  if (!found)
    throw new BadOrder(
      `${field}: there is no tone style "${tone}"; there are ${rows.map(({ name }) => `"${name}"`).join(', ')}`,
    );
  return { id: found.id, name: found.name };
}
