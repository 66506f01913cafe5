// Compiles the sources into dist/, bundles the workflows into dist/workflow-bundle.js and the dashboard into dist/web/,
// each only when it must.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.mjs';
import {
  BUILD_INPUTS,
  BUNDLE_INPUTS,
  filesOf,
  fingerprint,
  isBuilt,
  readStamp,
  SOURCE_FOLDERS,
  stampFile,
  WEB_INPUTS,
} from './sources.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const bundleFile = path.join(dist, 'workflow-bundle.js');

/** tsc never deletes: the output of a source that is gone would be found and run for ever. */
const removeOrphanedOutput = (before, now) => {
  const gone = (before ?? []).filter((file) => !now.includes(file));
  for (const file of gone) {
    const output = path.join(dist, file.replace(/\.ts$/, '.js'));
    for (const made of [output, `${output}.map`]) rmSync(made, { force: true });
  }
};

const compile = () => {
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd: root, stdio: ['ignore', 2, 2] });
  return result.status === 0;
};

const bundle = async () => {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(dist, 'workflows', 'index.js'),
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(`${bundleFile}.new`, code);
  renameSync(`${bundleFile}.new`, bundleFile);
};

/** Made aside and exchanged: a build that was cut off leaves the page that was there. */
const bundleDashboard = async () => {
  const { build } = await import('vite');
  const [folder, aside] = [path.join(dist, 'web'), path.join(dist, 'web.new')];
  const web = path.join(root, 'web');
  await build({
    root: web,
    configFile: path.join(web, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: aside, emptyOutDir: true },
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(aside, folder);
};

const build = async () => {
  if (isBuilt(root)) return;
  const before = readStamp(root);
  const stamp = {
    sources: fingerprint(root, BUILD_INPUTS),
    bundle: fingerprint(root, BUNDLE_INPUTS),
    web: fingerprint(root, WEB_INPUTS),
    files: filesOf(root, SOURCE_FOLDERS),
  };
  mkdirSync(dist, { recursive: true });
  removeOrphanedOutput(before.files, stamp.files);
  // tsc believes its note of what it wrote, and writes nothing where the outputs were deleted behind its back.
  if (!existsSync(path.join(dist, 'src'))) rmSync(path.join(dist, '.tsbuildinfo'), { force: true });
  if (!compile()) {
    process.stderr.write('[build] The sources do not compile; the compiler says above where.\n');
    process.exitCode = 1;
    return;
  }
  if (before.bundle !== stamp.bundle || !existsSync(bundleFile)) await bundle();
  if (before.web !== stamp.web || !existsSync(path.join(dist, 'web', 'index.html'))) await bundleDashboard();
  // Written last: a build that was cut off is begun again.
  writeFileSync(stampFile(root), JSON.stringify(stamp));
};

await alone(root, build);
