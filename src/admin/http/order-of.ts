import { BadRequestException, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { KnownRequest } from '../../auth/guards.js';
import type { Order } from '../orders.js';

const LONGEST_KEY = 255;

/** Who gives the order and under which idempotency key; the note comes with the body. */
export const OrderOf = createParamDecorator((_: unknown, context: ExecutionContext): Order => {
  const request = context.switchToHttp().getRequest<KnownRequest>();
  const idempotencyKey = request.get('idempotency-key')?.trim();
  if (idempotencyKey && idempotencyKey.length > LONGEST_KEY)
    throw new BadRequestException(`Idempotency-Key: must have at most ${LONGEST_KEY} characters`);
  const { note } = (request.body ?? {}) as { note?: unknown };
  return {
    actor: request.caller?.actor ?? 'nobody',
    ...(idempotencyKey && { idempotencyKey }),
    ...(typeof note === 'string' && { note }),
  };
});
