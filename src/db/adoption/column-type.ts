export interface ColumnDefinition {
  type: string;
  isRequired: boolean;
  default: string | undefined;
}

/** Takes apart what `readSchema` prints of a column. */
export const parseColumn = (definition: string): ColumnDefinition => {
  const [, type = definition, required, value] =
    /^(.*?)( not null)?(?: identity)?(?: default (.*))?$/s.exec(definition) ?? [];
  return { type, isRequired: Boolean(required), default: value };
};

const TEXT = /^(?:text|character varying(?:\((\d+)\))?)$/;
const lengthOf = (type: string): number | undefined => {
  const match = TEXT.exec(type);
  return match ? Number(match[1] ?? Number.POSITIVE_INFINITY) : undefined;
};

/** Whether a column of type `found` takes and gives everything that one of type `expected` does. */
export const servesAs = (found: string, expected: string): boolean => {
  if (found === expected) return true;
  const [has, needs] = [lengthOf(found), lengthOf(expected)];
  if (has !== undefined && needs !== undefined) return has >= needs;
  return found === 'numeric' && expected.startsWith('numeric(');
};
