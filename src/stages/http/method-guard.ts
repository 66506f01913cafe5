import type { Type } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** Stage endpoints take POST alone; the framework would say 404 to the rest, the contract's says 405. */
export const refuseOtherMethods = (controllers: Type[]) => {
  const paths = new Set(controllers.map((controller) => `/${Reflect.getMetadata('path', controller) as string}`));
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'POST' || !paths.has(request.path)) return next();
    response.status(405).setHeader('Allow', 'POST').json({ detail: 'Method Not Allowed' });
  };
};
