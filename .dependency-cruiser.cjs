/**
 * The arrows that only show when followed all the way: who reaches what through others. The direct ones, with a
 * reason each, are in .oxlintrc.json.
 */
const valueOnly = { dependencyTypesNot: ['type-only'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that need each other load in an order nobody chose.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: valueOnly },
    },
    {
      name: 'arrows-point-one-way',
      comment: 'src -> activities -> workflows/contract. Workflows see activities as types only.',
      severity: 'error',
      from: { path: '^(workflows|activities)/' },
      to: { path: '^src/' },
    },
    {
      name: 'workflows-replay',
      comment: 'What a workflow reaches runs again and again in a sandbox without Node.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^(src|activities)/', ...valueOnly },
    },
    {
      name: 'bridge-has-no-sharp',
      comment: 'A picture library in the bridge costs memory and threads where decisions are made.',
      severity: 'error',
      from: { path: '^src/bridge/' },
      to: { path: 'node_modules/sharp/', reachable: true },
    },
    {
      name: 'worker-has-no-nest',
      comment: 'The worker is plain Node; a container between it and its activities loses their `this`.',
      severity: 'error',
      from: { path: '^src/worker\\.ts$' },
      to: { path: 'node_modules/@nestjs/', reachable: true },
    },
    {
      name: 'stages-have-no-temporal',
      comment: 'The stage service stands behind HTTP, where the original may stand instead.',
      severity: 'error',
      from: { path: '^src/stages(\\.ts$|/)' },
      to: { path: 'node_modules/@temporalio/', reachable: true },
    },
    {
      name: 'supervisor-does-no-work',
      comment: 'It must start fast and outlive what it starts.',
      severity: 'error',
      from: { path: '^src/stack/(main|supervisor)\\.ts$' },
      to: { path: 'node_modules/(@nestjs|sharp|tesseract\\.js|@resvg)/', reachable: true },
    },
    {
      name: 'dashboard-stands-before-the-server',
      comment: 'What a page imports comes into the browser: of the rest it may take types, and the contract.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|activities|workflows)/', pathNot: '^workflows/contract\\.ts$', ...valueOnly },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere fails only when it is reached.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
