import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../auth/access.js';

// The OpenAPI types of swagger are narrower than JSON Schema; the document itself takes either.
export const inDocument = (schema: z.ZodType): never => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'output' });
  return rest as never;
};

export const trouble = inDocument(
  z.object({ statusCode: z.int(), message: z.union([z.string(), z.array(z.string())]), error: z.string().optional() }),
);

/** A route that only looks. */
export const ReadRoute = (summary: string, answer: z.ZodType): MethodDecorator =>
  applyDecorators(
    Requires('read'),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, description: 'As the rows say now.', schema: inDocument(answer) }),
    ApiResponse({ status: 400, description: 'Not to be understood; the message names the field.', schema: trouble }),
    ApiResponse({ status: 401, description: 'Nobody we know.', schema: trouble }),
  );

/** A route that changes something: asks for the scope, takes an idempotency key, and says so in the document. */
export const OrderRoute = (summary: string, answer: z.ZodType): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    Requires('operate'),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Given again with the same key, the order is answered again, not carried out again.',
    }),
    ApiResponse({
      status: 200,
      description: 'Done; the answer says the state observed afterwards.',
      schema: inDocument(answer),
    }),
    ApiResponse({ status: 400, description: 'Not to be understood; the message names the field.', schema: trouble }),
    ApiResponse({ status: 401, description: 'Nobody we know.', schema: trouble }),
    ApiResponse({ status: 403, description: 'Somebody who may only read.', schema: trouble }),
    ApiResponse({ status: 404, description: 'There is no such row.', schema: trouble }),
    ApiResponse({
      status: 409,
      description: 'Refused; nothing was changed. Beside the message it has the fields of 200.',
      schema: trouble,
    }),
    ApiResponse({ status: 422, description: 'The Idempotency-Key belongs to another order.', schema: trouble }),
  );
