import { lookAtStages } from '../../diagnosis/system-facts.js';
import type { Look } from '../check.js';

export const lookAtTheStages: Look<'stages'> = async ({ stagesUrl }) => {
  const { url, trouble } = await lookAtStages(stagesUrl);
  return trouble
    ? { measured: null, findings: [{ code: 'stages-down', url, trouble }] }
    : { measured: { url }, findings: [] };
};
