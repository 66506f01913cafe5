import { parentPort } from 'node:worker_threads';

// A picture maker whose library ends the thread under it.
parentPort?.on('message', () => process.exit(1));
