// Which tests are likeliest to notice a change of a file; the others follow only if these stay green.

const NEAR = [
  [/^workflows\//, ['test/unit/properties/interleavings', 'test/unit/workflows']],
  [/^activities\//, ['test/unit/properties']],
  [/^src\/bridge\/decide/, ['test/unit/properties', 'test/unit/bridge']],
  [/^src\/bridge\/(outbox|sweep|listener)|^src\/db\/listener/, ['test/db/bridge/outbox', 'test/db/properties/outbox']],
  [/^src\/db\/job-claims/, ['test/db/bridge/job-claims', 'test/db/bridge/waiting']],
  [
    /^src\/db\/(variant-claims|claim-attempts)/,
    [
      'test/db/bridge/claims',
      'test/db/bridge/waiting',
      'test/db/bridge/put-back',
      'test/db/bridge/ending',
      'test/db/bridge/job-claims',
    ],
  ],
  [/^src\/stages\/common\/lease/, ['test/db/stages/once']],
  [/^src\/stages\//, ['test/db/stages/once', 'test/db/stages/honesty']],
  [/^src\/generation\//, ['test/db/properties/interleavings']],
  [/^sql\//, ['test/db/bridge/aggregation', 'test/db/properties/aggregation', 'test/db/bridge/reopening']],
  [/^src\/bridge\//, ['test/db/bridge/bridge', 'test/db/bridge/delivering']],
];

/** The fast suite around what is mutated: no processes, no Temporal. */
export const WIDE = [
  'test/unit/properties',
  'test/unit/bridge',
  'test/db/bridge',
  'test/db/properties',
  'test/db/stages',
];

export const nearTests = (file) => NEAR.find(([pattern]) => pattern.test(file))?.[1] ?? [];
