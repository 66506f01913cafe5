import { SetMetadata } from '@nestjs/common';
import type { Scope } from './keys.js';

/**
 * What a route asks of its caller: nothing, a scope, or `shared`: nothing where the installation shows results to
 * everybody, the scope read elsewhere.
 */
export type Access = 'public' | 'shared' | Scope;

export const ACCESS = 'feedlyai:access';

/** Says what a route asks; a route that does not say asks for `operate`. */
export const Requires = (access: Access): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, access);
