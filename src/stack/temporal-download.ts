import { Runtime } from '@temporalio/worker';
import { TEMPORAL_VERSION } from './temporal-binary.js';

/**
 * A program of its own, `node temporal-download.js <folder>`: has the SDK download the Temporal CLI into the folder.
 * The SDK can only download and start in one go, prints the server's banner on stdout and takes over signals, none of
 * which belongs into the supervisor.
 */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: temporal-download.js <folder>');
Runtime.install({
  shutdownSignals: [],
  logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} },
});
const runtime = Runtime.instance();
try {
  const server = await runtime.createEphemeralServer({
    type: 'dev-server',
    exe: {
      type: 'cached-download',
      downloadDir: folder,
      version: `v${TEMPORAL_VERSION}`,
      ttl: 0,
      sdkName: 'sdk-typescript',
      sdkVersion: '',
    },
    namespace: 'default',
    ip: '127.0.0.1',
    port: null,
    uiPort: null,
    dbFilename: null,
    ui: false,
    log: { format: 'pretty', level: 'error' },
    extraArgs: [],
  });
  await runtime.shutdownEphemeralServer(server);
} catch (error) {
  // The message repeats every layer it came through; the last ones say what happened.
  process.stderr.write(`${(error as Error).message.split('\n')[0]?.split(': ').slice(-2).join(': ')}\n`);
  process.exitCode = 1;
}
