import { appendFileSync } from 'node:fs';
import { parseEffectKey } from '../../workflows/contract.js';
import { callsOf, idealCalls, variantsOf } from './invariants.js';
import type { Scene } from './scene.js';

/** What one run of a scenario took, from the stage service's ledger and the rows. */
export interface Figures {
  scenario: string;
  jobs: number;
  finished: number;
  calls: number;
  neededCalls: number;
  refused: number;
  translations: number;
  feeds: number;
  highestRetryCount: number;
}

/** Writes the figures of these jobs down for `npm run bench:reliability`; a plain test run keeps none. */
export async function noteFigures(scene: Scene, scenario: string, jobIds: string[]): Promise<void> {
  const file = process.env.SCENARIO_FIGURES;
  if (!file) return;
  const { rows } = await scene.foreign.query(
    `select (select count(*)::int from jobs where job_id = any($1)
              and (current_step, status) = ('instagram_feed_gen', 'done')) as finished,
            (select count(*)::int from llm_traces where job_id = any($1) and operation_type = 'eng_to_kor') as translations,
            (select count(*)::int from instagram_feeds where job_id = any($1)) as feeds,
            (select max(retry_count) from (select retry_count from jobs where job_id = any($1) union all
              select retry_count from jobs_variants where job_id = any($1)) counts) as highest`,
    [jobIds],
  );
  let calls = 0;
  let neededCalls = 0;
  const units = new Set<string>(jobIds);
  for (const jobId of jobIds) {
    const variants = await variantsOf(scene, jobId);
    for (const id of variants) units.add(id);
    calls += await callsOf(scene, jobId);
    neededCalls += idealCalls(variants.length);
  }
  const refused = scene.stages
    .ledger()
    .filter(
      (entry) =>
        entry.kind === 'answer' && entry.status >= 300 && units.has(parseEffectKey(entry.key ?? '')?.unitId ?? ''),
    ).length;
  const [{ finished, translations, feeds, highest }] = rows as [Record<string, number>];
  const figures = { finished, calls, neededCalls, refused, translations, feeds, highestRetryCount: highest };
  appendFileSync(file, `${JSON.stringify({ scenario, jobs: jobIds.length, ...figures })}\n`);
}
