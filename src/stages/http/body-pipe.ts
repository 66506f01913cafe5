import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequest, type RequestProblem } from './invalid-request.js';

/** The parts of a zod issue that say more than its message; other schemas may lack them. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  expected?: string;
}

/** Checks a request body against the schema of its parameter and answers as FastAPI does: 422, `detail` as a list. */
@Injectable()
export class BodyPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new InvalidRequest(issues.map(toProblem)) });
  }
}

const toProblem = (issue: Issue): RequestProblem => {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return {
    type: isMissing ? 'missing' : typeOf(issue),
    loc: ['body', ...path.map((part) => (typeof part === 'number' ? part : String(part)))],
    msg: isMissing ? 'Field required' : messageOf(issue),
  };
};

const PYTHON_TYPES: Record<string, { type: string; msg: string }> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  int: { type: 'int_type', msg: 'Input should be a valid integer' },
  object: { type: 'model_attributes_type', msg: 'Input should be a valid dictionary or object' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
};

const typeOf = (issue: Issue): string => PYTHON_TYPES[issue.expected ?? '']?.type ?? 'value_error';
const messageOf = (issue: Issue): string => PYTHON_TYPES[issue.expected ?? '']?.msg ?? issue.message;
