import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Requires } from '../../auth/access.js';

/** A route that changes something: asks for the scope, takes an idempotency key, and says so in the document. */
export const OrderRoute = (summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    Requires('operate'),
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Given again with the same key, the order is answered again, not carried out again.',
    }),
    ApiResponse({ status: 200, description: 'Done; the answer says the state observed afterwards.' }),
    ApiResponse({ status: 404, description: 'There is no such row.' }),
    ApiResponse({ status: 409, description: 'Refused; nothing was changed. The answer says the observed state.' }),
    ApiResponse({ status: 422, description: 'The Idempotency-Key belongs to another order.' }),
  );
