import type { Look } from '../check.js';

/** PostgreSQL itself begins to complain here; when it is full, every commit with a notification fails. */
const MOST = 0.5;

/** How full the queue of notifications is that some session has not fetched yet. */
export const lookAtNotifications =
  (most = MOST): Look<'notifications'> =>
  async ({ pool }) => {
    const { rows } = await pool.query<{ share: number }>('select pg_notification_queue_usage() as share');
    const share = rows[0]?.share ?? 0;
    return { measured: { share }, findings: share > most ? [{ code: 'notification-queue', share }] : [] };
  };
