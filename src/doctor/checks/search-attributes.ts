import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../stack/temporal-namespace.js';
import type { Look } from '../check.js';

const DEADLINE_MS = 5_000;

/** Does the namespace know the attributes that workflows are started with? A start with an unknown one is refused. */
export const lookAtSearchAttributes: Look<'search-attributes'> = async ({ temporal }) => {
  const { namespace } = temporal.options;
  const connection = temporal.connection as Connection;
  const { customAttributes } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const names = SEARCH_ATTRIBUTES.filter((name) => customAttributes?.[name] === undefined);
  return {
    measured: { names: SEARCH_ATTRIBUTES.filter((name) => !names.includes(name)) },
    findings: names.length > 0 ? [{ code: 'search-attributes-missing', namespace, names }] : [],
  };
};
