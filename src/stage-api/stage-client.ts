import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Claim } from '../../activities/claims.js';
import { Away, BadInput, Busy } from '../../activities/failures.js';
import type { StageService } from '../../activities/stages.js';
import { effectKey, isVariantStage } from '../../workflows/contract.js';
import { logIds } from '../log.js';
import { ENDPOINTS } from './endpoints.js';
import { createPulse } from './pulse.js';

export interface StageClientSettings {
  baseUrl: string;
  /** Milliseconds for the headers, and again between parts of the body. */
  timeout: number;
  /** Connections, hence calls under way, at once. */
  connections: number;
  /** Shown to a service that asks for one. */
  apiKey?: string | null;
}

/** A stage's answer is a few kilobytes; more is not kept. */
const LONGEST_REASON = 500;
const DEFAULT_RETRY_AFTER_MS = 1_000;
const AWAY = new Set([429, 502, 503, 504]);
/** About the key, not the input: it can be put right while the work waits. */
const KEY_REFUSED = new Set([401, 403]);
const BAD_INPUT = new Set([400, 404, 413, 422]);

export interface StageClient extends StageService {
  /** As `perform`, and returns the body of a 2xx answer. */
  ask(claim: Claim, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** Calls the stage service with the effect's idempotency key, and sorts what comes back by what to do about it. */
export function createStageClient({ baseUrl, timeout, connections, apiKey }: StageClientSettings): StageClient {
  const dispatcher = new Agent({ connections, headersTimeout: timeout, bodyTimeout: timeout, connectTimeout: 5_000 });
  const pulse = createPulse(baseUrl);
  return {
    perform: (claim, signal) => ask(claim, signal).then(() => undefined),
    ask,
    async close() {
      await dispatcher.close();
      await pulse.close();
    },
  };

  async function ask(claim: Claim, signal: AbortSignal): Promise<string> {
    if (claim.stage === 'img_gen') throw new Error('img_gen is not a stage of the stage service');
    const { statusCode, headers, text } = await post(ENDPOINTS[claim.stage], claim, signal);
    if (statusCode >= 200 && statusCode < 300) return text;

    const reason = detailOf(text) || `the stage service answered ${statusCode}`;
    if (KEY_REFUSED.has(statusCode)) throw new Away(`the stage service refuses our key (YH_API_KEY): ${reason}`);
    if (statusCode === 409) throw new Busy(reason, retryAfter(headers['retry-after']) ?? DEFAULT_RETRY_AFTER_MS);
    if (AWAY.has(statusCode)) throw new Away(reason, retryAfter(headers['retry-after']));
    if (BAD_INPUT.has(statusCode)) throw new BadInput(reason);
    throw new Error(reason);
  }

  async function post(endpoint: string, claim: Claim, signal: AbortSignal) {
    const watch = pulse.attend();
    try {
      const { statusCode, headers, body } = await request(new URL(endpoint, baseUrl), {
        method: 'POST',
        dispatcher,
        signal: AbortSignal.any([signal, watch.silent]),
        headers: {
          'content-type': 'application/json',
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          'x-request-id': logIds().requestId ?? randomUUID(),
          'idempotency-key': effectKey(claim.unitId, claim.stage, claim.generation),
        },
        body: JSON.stringify({
          ...(isVariantStage(claim.stage) && { job_variants_id: claim.unitId }),
          job_id: claim.jobId,
          tenant_id: claim.tenantId,
          ...claim.inputs,
        }),
      });
      return { statusCode, headers, text: await body.text() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (watch.silent.aborted) throw watch.silent.reason;
      if (isTimeout(error)) throw new Error(`no answer within ${timeout / 1000} s`);
      throw new Away(`the stage service at ${baseUrl} cannot be reached: ${(error as Error).message}`);
    } finally {
      watch.end();
    }
  }
}

const isTimeout = (error: unknown): boolean =>
  ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes((error as { code?: string }).code ?? '');

/** Seconds, as `Retry-After` mostly says it; a date or nonsense counts as not said. */
const retryAfter = (header: string | string[] | undefined): number | undefined => {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
};

/** `{"detail": "…"}` as the contract has it; any other text as it is, shortened. */
const detailOf = (text: string): string => {
  let words = text;
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    if (detail !== undefined) words = typeof detail === 'string' ? detail : JSON.stringify(detail);
  } catch {
    // Not JSON: a proxy's page, perhaps. Its beginning says enough.
  }
  return words.slice(0, LONGEST_REASON);
};
