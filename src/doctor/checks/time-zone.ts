import type { Look } from '../check.js';

/** Korea's clock under its other names. */
const SEOUL = new Set(['Asia/Seoul', 'ROK']);

/** What a session gets that names no zone: a foreigner's, because ours name theirs. */
export const lookAtTimeZone: Look<'time-zone'> = async ({ connect }) => {
  const session = await connect();
  try {
    const { rows } = await session.query<{ found: string }>(`select current_setting('TimeZone') as found`);
    const found = rows[0]?.found ?? '';
    return { measured: { found }, findings: SEOUL.has(found) ? [] : [{ code: 'time-zone', found }] };
  } finally {
    await session.end();
  }
};
