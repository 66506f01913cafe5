import { v5 as uuidV5 } from 'uuid';

/** Fixed for ever: rows and files already written carry ids made with it. */
const NAMESPACE = '5f0c9a3e-6f1d-4c53-9b6e-2f3a4d1be7a1';

/**
 * Id of one row or file of an effect, the same on every attempt: `key` names the effect (see `effectKey`), `what` the
 * thing it leaves behind, for example `trace` or `detection:0`.
 */
export const effectId = (key: string, what: string): string => uuidV5(`${key}:${what}`, NAMESPACE);
