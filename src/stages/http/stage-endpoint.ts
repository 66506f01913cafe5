import { applyDecorators, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { InvalidRequest } from './invalid-request.js';

const plainError = z.object({ detail: z.string() });
const listedError = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ type: z.string(), loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })),
  ]),
});

// The OpenAPI types of swagger are narrower than JSON Schema; the document itself takes either.
const inDocument = (schema: z.ZodType): never => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'output' });
  return rest as never;
};

/** A POST that looks and changes nothing: no key, no claim, no state. */
export const ReadingEndpoint = (summary: string, description: string, answer: z.ZodType): MethodDecorator =>
  applyDecorators(
    Post(),
    HttpCode(200),
    ApiOperation({ summary, description }),
    ApiResponse({ status: 200, description: 'The answer; no row was changed.', schema: inDocument(answer) }),
    ApiResponse({ status: 400, description: 'Unusable input.', schema: inDocument(plainError) }),
    ApiResponse({ status: 404, description: 'A row is missing.', schema: inDocument(plainError) }),
    ApiResponse({ status: 422, description: 'The body does not fit the schema.', schema: inDocument(listedError) }),
    ApiResponse({ status: 500, description: 'The engine failed.', schema: inDocument(plainError) }),
    ApiResponse({ status: 503, description: 'An engine or the database is away.', schema: inDocument(plainError) }),
  );

/** A stage's POST: answers 200 with the given shape, refuses with `detail`, and says all of it in the OpenAPI document. */
export const StageEndpoint = (summary: string, answer: z.ZodType): MethodDecorator =>
  applyDecorators(
    Post(),
    HttpCode(200),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'A repeated call with the same key and body is answered again, not performed again.',
    }),
    ApiResponse({ status: 200, description: 'Performed; the rows say done.', schema: inDocument(answer) }),
    ApiResponse({
      status: 400,
      description: 'Wrong state or unusable input; nothing was changed.',
      schema: inDocument(plainError),
    }),
    ApiResponse({ status: 404, description: 'A row is missing; nothing was changed.', schema: inDocument(plainError) }),
    ApiResponse({
      status: 409,
      description: 'Somebody else is at work, or the claim is gone; nothing was changed.',
      schema: inDocument(plainError),
    }),
    ApiResponse({
      status: 422,
      description: 'The body does not fit the schema, or the key belongs to another call.',
      schema: inDocument(listedError),
    }),
    ApiResponse({ status: 500, description: 'The stage failed; nothing was changed.', schema: inDocument(plainError) }),
    ApiResponse({ status: 503, description: 'An engine or the database is away.', schema: inDocument(plainError) }),
  );

const LONGEST_KEY = 255;

export const IdempotencyKey = (): ParameterDecorator => Headers('idempotency-key');

/** The caller's key; an empty header is none. @throws InvalidRequest when it is too long to be kept. */
export const keyOf = (header: string | undefined): string | undefined => {
  const key = header?.trim();
  if (!key) return undefined;
  if (key.length <= LONGEST_KEY) return key;
  throw new InvalidRequest([
    {
      type: 'string_too_long',
      loc: ['header', 'idempotency-key'],
      msg: `String should have at most ${LONGEST_KEY} characters`,
    },
  ]);
};
