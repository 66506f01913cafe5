import { lookAtPauses, lookAtServer } from '../../diagnosis/system-facts.js';
import { serverFindings } from '../../diagnosis/system-findings.js';
import type { Look } from '../check.js';

/** Does the server answer, does its listener hear, and is intake open? */
export const lookAtTheServer: Look<'server'> = async ({ serverUrl, pool }) => {
  const [server, pauses] = await Promise.all([lookAtServer(serverUrl), lookAtPauses(pool).catch(() => [])]);
  return {
    measured: server.listener && { url: serverUrl, lastProvenAlive: server.listener.lastProvenAlive },
    findings: serverFindings({ server, pauses }),
  };
};
