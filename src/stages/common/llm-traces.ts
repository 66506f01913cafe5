import type { PoolClient } from '../../db/pool.js';
import type { LanguageEngine } from '../engines/language.js';

/** Records what was asked of the language engine. Engines without tokens leave the counts empty. */
export async function insertLlmTrace(
  client: PoolClient,
  engine: LanguageEngine,
  trace: {
    id: string;
    jobId: string;
    toneStyleId: string | null;
    operation: 'eng_to_kor' | 'feed_gen';
    request: object;
    response: object;
    latency: number;
  },
): Promise<void> {
  await client.query(
    `insert into llm_traces (llm_trace_id, job_id, provider, llm_model_id, tone_style_id, operation_type, request, response,
                             latency_ms, created_at, updated_at)
     values ($1, $2, $3, (select llm_model_id from llm_models where provider = $3 and model_name = $4 order by created_at desc limit 1),
             $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp())
     on conflict (llm_trace_id) do nothing`,
    [
      trace.id,
      trace.jobId,
      engine.provider,
      engine.model,
      trace.toneStyleId,
      trace.operation,
      JSON.stringify(trace.request),
      JSON.stringify(trace.response),
      trace.latency,
    ],
  );
}
