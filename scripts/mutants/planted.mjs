// Deliberate bugs, each one that a system of this kind has had. `edits` replace a text that must be there exactly once;
// in `sql` edits the file is the one that defines `function` last. `noticedBy` names the tests that must turn red.

export const PLANTED = [
  {
    name: 'drop the fence: any attempt may say how the claim ended',
    noticedBy: ['test/db/bridge/claims.test.ts'],
    edits: [
      {
        file: 'src/db/claim-attempts.ts',
        from: "and token = $2 and state = 'open'",
        to: "and (true or token = $2) and state = 'open'",
      },
    ],
  },
  {
    name: 'drop the fence: a late attempt fails a variant that another works on',
    noticedBy: ['test/db/bridge/claims.test.ts'],
    edits: [
      {
        file: 'src/db/variant-claims.ts',
        from: 'where c.unit_id = locked.job_variants_id and c.token = $3',
        to: 'where c.unit_id = locked.job_variants_id and (true or c.token = $3)',
      },
    ],
  },
  {
    name: 'read the outbox by a cursor instead of claiming by state',
    noticedBy: ['test/db/bridge/outbox.test.ts'],
    edits: [
      {
        file: 'src/bridge/outbox.ts',
        from: 'export async function claimBatch',
        to: "let cursor = '0';\nexport async function claimBatch",
      },
      {
        file: 'src/bridge/outbox.ts',
        from: 'where dead_at is null and held_at is null and available_at <= clock_timestamp()',
        to: 'where outbox_id > ${cursor} and dead_at is null and held_at is null and available_at <= clock_timestamp()',
      },
      {
        file: 'src/bridge/outbox.ts',
        from: 'return { lease, rows };',
        to: 'for (const { outboxId } of rows) if (Number(outboxId) > Number(cursor)) cursor = outboxId;\n  return { lease, rows };',
      },
    ],
  },
  {
    name: 'no catch-up after a reconnect',
    noticedBy: ['test/db/bridge/outbox.test.ts'],
    edits: [{ file: 'src/db/listener.ts', from: '      probe();\n      onWake();\n', to: '      probe();\n' }],
  },
  {
    name: 'count before the lock when the last variants settle together',
    noticedBy: ['test/db/bridge/aggregation.test.ts', 'test/db/properties/aggregation.test.ts'],
    edits: [
      {
        function: 'public.check_all_variants_done',
        from: 'where job_id = new.job_id for no key update',
        to: 'where job_id = new.job_id',
      },
      {
        function: 'pipeline.aggregate_job',
        from: 'select * into recorded from pipeline.jobs where job_id = job for update;',
        to: 'select * into recorded from pipeline.jobs where job_id = job;',
      },
    ],
  },
  {
    name: 'look for the Korean text only before the wait is recorded',
    noticedBy: ['test/db/bridge/waiting.test.ts'],
    edits: [
      {
        file: 'src/db/variant-claims.ts',
        from: "const claim = await tryClaim(order, 'overlay', randomUUID());",
        to: 'const claim = undefined as Claim | undefined;',
      },
    ],
  },
  {
    name: 'look for the English copy only before the job is laid to rest',
    noticedBy: ['test/db/bridge/waiting.test.ts'],
    edits: [
      {
        file: 'src/db/job-claims.ts',
        from: "const claim = await tryClaim(order, stage);\n    return claim ? { kind: 'granted', claim } : { kind: 'over', reason };",
        to: "return { kind: 'over', reason };",
      },
    ],
  },
  {
    name: 'remove the event before its start succeeded',
    noticedBy: ['test/db/bridge/bridge.test.ts'],
    edits: [
      {
        file: 'src/bridge/bridge.ts',
        from: 'const delivered = await this.look(rows[0] as OutboxRow);',
        to: 'await removeDelivered(pool, lease, ids);\n      const delivered = await this.look(rows[0] as OutboxRow);',
      },
    ],
  },
  {
    name: 'let a run of an old generation claim',
    noticedBy: ['test/db/bridge/claims.test.ts'],
    edits: [
      {
        file: 'src/db/variant-claims.ts',
        from: '     and r.generation = $3\n     and ((v.current_step',
        to: '     and (true or r.generation = $3)\n     and ((v.current_step',
      },
    ],
  },
  {
    name: 'own writes echo as events',
    noticedBy: ['test/db/bridge/outbox.test.ts'],
    edits: [
      {
        function: 'pipeline.variant_written',
        from: '     where job_variants_id = is_now.job_variants_id;\n    return;\n',
        to: '     where job_variants_id = is_now.job_variants_id;\n',
      },
    ],
  },
  {
    name: 'a run ends without looking at what arrived meanwhile',
    noticedBy: ['test/unit/workflows/road.test.ts'],
    edits: [{ file: 'workflows/road.ts', from: 'while (woken) {', to: 'while (woken && Number.isNaN(0)) {' }],
  },
  {
    name: 'count a hand-over as a retry',
    noticedBy: ['test/db/bridge/claims.test.ts'],
    edits: [
      { file: 'src/db/claim-attempts.ts', from: "in ('lost', 'failed')", to: "in ('lost', 'failed', 'handed_over')" },
    ],
  },
  {
    name: 'publish the acceptance whatever the row says by now',
    noticedBy: ['test/db/bridge/delivering.test.ts'],
    edits: [
      {
        file: 'src/bridge/deliver-variant.ts',
        from: "and variant.current_step = $5 and variant.status = 'done'",
        to: "and (true or variant.current_step = $5 and variant.status = 'done')",
      },
    ],
  },
  {
    name: 'insert a feed under a new id on every attempt',
    noticedBy: ['test/db/stages/once.test.ts'],
    edits: [
      {
        file: 'src/stages/instagram-feed-gen/instagram-feed-gen.stage.ts',
        from: "const feedId = idFor('instagram_feed');",
        to: 'const feedId = crypto.randomUUID();',
      },
    ],
  },
  {
    name: 'write a stage result without asking whether the lease is still held',
    noticedBy: ['test/db/stages/once.test.ts'],
    edits: [{ file: 'src/stages/common/finish-variant.ts', from: '    await lease.confirm(client);\n', to: '' }],
  },
  {
    name: 'count an outage as a failure of the input',
    noticedBy: ['test/unit/properties/interleavings.test.ts'],
    edits: [
      {
        file: 'activities/attempt.ts',
        from: "await claims.release(claim, 'outage', reason);",
        to: "await claims.release(claim, 'failed', reason);",
      },
    ],
  },
  {
    name: 'follow a row that a foreigner set back',
    noticedBy: ['test/unit/bridge/decide.test.ts'],
    edits: [
      {
        file: 'src/bridge/decide.ts',
        from: "if (is < was) return { action: 'restore' };",
        to: "if (is < was) return { action: 'look again' };",
      },
    ],
  },
  {
    name: 'leave the event of a complete job at every count',
    noticedBy: ['test/db/bridge/aggregation.test.ts', 'test/db/properties/aggregation.test.ts'],
    edits: [
      {
        function: 'pipeline.aggregate_job',
        from: "  if target_stage = 'iou_eval' and target_status = 'done'\n     and (recorded.stage, recorded.status) is distinct from (target_stage, target_status) then",
        to: "  if target_stage = 'iou_eval' and target_status = 'done' then",
      },
    ],
  },
];
