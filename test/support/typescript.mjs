// Threads that tests start know nothing of Vitest: this lets them import the sources as they are.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
