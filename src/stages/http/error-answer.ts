import { AssetMissingError, AssetPathError } from '../../assets/asset-store.js';
import { isDatabaseAway } from '../../db/is-database-away.js';
import { UnreadableImageError } from '../../imaging/picture.js';
import { TextDoesNotFitError } from '../../typography/set-texts.js';
import { Refusal } from '../common/refusal.js';
import { EngineAwayError, EngineFailedError } from '../engines/engine-errors.js';
import { InvalidRequest, type RequestProblem } from './invalid-request.js';

export interface ErrorAnswer {
  status: number;
  detail: string | RequestProblem[];
  retryAfterSeconds?: number;
}

const NEUTRAL = 'Internal server error; the reason is in the log of the stage service';

/** The HTTP answer to an error. What was not foreseen is answered neutrally: its text may hold paths or SQL. */
export function answerFor(error: unknown): ErrorAnswer {
  if (error instanceof InvalidRequest) return { status: 422, detail: error.problems };
  if (error instanceof Refusal) {
    const { status, message: detail, retryAfterSeconds } = error;
    return { status, detail, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  if (error instanceof EngineAwayError) {
    return { status: 503, detail: error.message, retryAfterSeconds: error.retryAfterSeconds };
  }
  if (error instanceof EngineFailedError) return { status: 500, detail: error.message };
  if (isBadInput(error)) return { status: 400, detail: error.message };
  if (isDatabaseAway(error)) return { status: 503, detail: 'The database is not available', retryAfterSeconds: 2 };
  return fromHttp(error) ?? { status: 500, detail: NEUTRAL };
}

const isBadInput = (error: unknown): error is Error =>
  error instanceof AssetPathError ||
  error instanceof AssetMissingError ||
  error instanceof UnreadableImageError ||
  error instanceof TextDoesNotFitError;

/** Errors of the web framework and its body parser, which carry a status of their own. */
const fromHttp = (error: unknown): ErrorAnswer | undefined => {
  const { status, type, cause } = (error ?? {}) as { status?: unknown; type?: string; cause?: Error };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const reason = cause?.message ?? '';
  if (type === 'entity.parse.failed' || (status === 400 && /JSON/.test(reason))) {
    return { status: 422, detail: [{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error' }] };
  }
  const known: Record<number, string> = {
    404: 'Not Found',
    405: 'Method Not Allowed',
    413: 'Request body is too large',
  };
  return { status, detail: known[status] ?? 'The request cannot be served' };
};
