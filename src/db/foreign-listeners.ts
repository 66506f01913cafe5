import type { ClientBase } from 'pg';

/** Somebody else's session that listens on a published channel. */
export interface ForeignListener {
  pid: number;
  /** Program, role and address. */
  who: string;
  channel: 'job_variant_state_changed' | 'job_state_changed';
  /** Who and where, in a sentence with its remedy. */
  words: string;
}

export interface ForeignListeners {
  found: ForeignListener[];
  /** Sessions of other roles whose statements this role may not read: a listener may be among them. */
  hidden: number;
}

interface ListenerRow {
  pid: number;
  who: string;
  channel: ForeignListener['channel'] | null;
}

/**
 * Looks for sessions whose last statement was a LISTEN on one of the published channels. The original's listener is
 * such a session: where it runs, every stage is called twice. What cannot be seen: a session that has said something
 * else since, and those of other roles unless ours is a member of pg_read_all_stats (they are counted as hidden).
 */
export async function findForeignListeners(db: Pick<ClientBase, 'query'>): Promise<ForeignListeners> {
  const { rows } = await db.query<ListenerRow>(
    `select pid, format('%s of role %s from %s', coalesce(nullif(application_name, ''), 'a session'), usename,
                        coalesce(host(client_addr), 'this machine')) as who,
            substring(lower(query) from '^\\s*listen\\s+"?(job_variant_state_changed|job_state_changed)\\M') as channel
       from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
        and application_name not like 'feedlyai-%'
        and (query = '<insufficient privilege>'
             or lower(query) ~ '^\\s*listen\\s+"?(job_variant_state_changed|job_state_changed)\\M')`,
  );
  return {
    hidden: rows.filter(({ channel }) => channel === null).length,
    found: rows.flatMap(({ pid, who, channel }) =>
      channel
        ? [{ pid, who, channel, words: `${who} (pid ${pid}) listens on ${channel}: ${CONSEQUENCE[channel]}` }]
        : [],
    ),
  };
}

const CONSEQUENCE: Record<ForeignListener['channel'], string> = {
  job_variant_state_changed:
    'if it is the original service, it does the work a second time; run it with ENABLE_JOB_STATE_LISTENER=false',
  job_state_changed: 'fine for image generation outside (YE); the original stage service must not',
};
