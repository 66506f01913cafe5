import { parentPort } from 'node:worker_threads';

// A provider whose library ends the thread under it.
parentPort?.on('message', () => process.exit(1));
