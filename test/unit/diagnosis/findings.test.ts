import { describe, expect, it } from 'vitest';
import { exitCodeFor } from '../../../src/cli/trigger.js';
import { en } from '../../../src/cli/messages/en.js';
import { ko } from '../../../src/cli/messages/ko.js';
import type { Finding } from '../../../src/diagnosis/findings.js';
import { statusItems } from '../../../src/diagnosis/status-items.js';
import type { SystemFacts } from '../../../src/diagnosis/system-facts.js';
import type { VariantFacts } from '../../../src/diagnosis/variant-facts.js';
import { unknownVariantFindings, variantFindings } from '../../../src/diagnosis/variant-findings.js';

const NOW = new Date('2026-01-05T03:00:00Z');

/** A system without a fault. */
const well: SystemFacts = {
  at: NOW,
  server: {
    url: 'http://127.0.0.1:8000',
    listener: { ok: true, lastProvenAlive: NOW, isOff: false, trouble: null },
    trouble: null,
  },
  triggers: [
    ['job_variant_state_change_trigger', 'jobs_variants', 'notify_job_variant_state_change'],
    ['check_all_variants_done_trigger', 'jobs_variants', 'check_all_variants_done'],
    ['job_state_change_trigger', 'jobs', 'notify_job_state_change'],
  ].map(([name = '', table = '', calls = '']) => ({ name, table, enabled: 'O' as const, calls })),
  temporal: {
    trouble: null,
    queues: ['ad-pipeline', 'image-generation'].map((queue) => ({ queue, pollers: 1, lastPoll: NOW })),
    workers: 'answered',
  },
  stages: { url: 'http://127.0.0.1:8011', trouble: null },
  transactions: [],
  pauses: [],
};
const [first, ...others] = well.triggers as [SystemFacts['triggers'][0], ...SystemFacts['triggers']];
const [pipeline, pictures] = well.temporal.queues as [
  SystemFacts['temporal']['queues'][0],
  SystemFacts['temporal']['queues'][0],
];

/** A variant of the guide's at `(img_gen, done)`, whose event waits. */
const written: VariantFacts = {
  variantId: 'v',
  jobId: 'j',
  tenantId: 'shop',
  step: 'img_gen',
  status: 'done',
  hasPicture: true,
  pictureIsGenerated: true,
  updatedAt: NOW,
  updatedAtIsStale: false,
  isHistory: false,
  imageGeneration: 'internal',
  holder: null,
  events: [{ ageSeconds: 3, attempts: 0, lastError: null, isDead: false }],
  run: { open: false, generation: 1, reason: null },
  claim: null,
  wait: null,
  workflow: null,
};
/** The same once its run is open. */
const taken: VariantFacts = {
  ...written,
  step: 'vlm_analyze',
  status: 'queued',
  events: [],
  run: { open: true, generation: 1, reason: null },
  workflow: { isOpen: true, untaken: null },
};
const claim: NonNullable<VariantFacts['claim']> = {
  stage: 'vlm_analyze',
  state: 'open',
  failures: 0,
  lost: 0,
  lastEnding: null,
  outageSince: null,
  reason: null,
  ageSeconds: 1,
};
const holder = {
  pid: 7,
  user: 'ye',
  application: 'ye-part',
  state: 'idle in transaction',
  seconds: 42,
  query: 'update jobs_variants',
};

const codes = (findings: Finding[]): string[] => findings.map(({ code }) => code);

describe('what is in a variant’s way', () => {
  const system = (part: Partial<SystemFacts>): SystemFacts => ({ ...well, ...part });
  const listener = (part: Partial<NonNullable<SystemFacts['server']['listener']>>): SystemFacts =>
    system({
      server: {
        ...well.server,
        listener: { ok: false, lastProvenAlive: NOW, isOff: false, trouble: 'ended', ...part },
      },
    });

  it.each<[name: string, variant: VariantFacts, system: SystemFacts, codes: string[], exitCode: number]>([
    ['heard a moment ago', written, well, ['in-the-outbox'], 4],
    ['under way', taken, well, ['running'], 0],
    ['through', { ...taken, step: 'iou_eval', status: 'done' }, well, ['finished'], 0],
    [
      'failed',
      { ...taken, status: 'failed', run: { open: false, generation: 1, reason: 'no file' } },
      well,
      ['failed'],
      1,
    ],

    ['resting for YE', { ...written, step: 'user_img_input', events: [] }, well, ['ye-turn'], 0],
    ['YE at work', { ...written, status: 'running', events: [] }, well, ['ye-turn'], 0],
    ['queued for YE', { ...written, status: 'queued', events: [] }, well, ['ye-turn'], 0],
    [
      'ours at its input, not complete',
      { ...written, step: 'user_img_input', status: 'running', pictureIsGenerated: false, events: [] },
      well,
      ['ye-turn'],
      0,
    ],
    ['no step', { ...written, step: null }, well, ['wrong-step'], 1],
    ['a mistyped step', { ...written, step: 'img_gn', events: [] }, well, ['wrong-step'], 1],
    ['a mistyped status', { ...written, status: 'finished', events: [] }, well, ['wrong-status'], 1],
    ['no picture', { ...written, hasPicture: false, events: [] }, well, ['no-picture'], 1],
    ['updated_at forgotten', { ...taken, updatedAtIsStale: true }, well, ['running', 'updated-at-unchanged'], 0],

    [
      'held by a transaction',
      { ...written, step: 'user_img_input', events: [], holder },
      well,
      ['not-committed', 'ye-turn'],
      1,
    ],
    ['held for an instant', { ...taken, holder: { ...holder, seconds: 0.01 } }, well, ['running'], 0],

    [
      'trigger dropped',
      { ...written, events: [] },
      system({ triggers: [{ ...first, enabled: null, calls: null }, ...others] }),
      ['trigger-missing'],
      1,
    ],
    [
      'trigger disabled',
      { ...written, events: [] },
      system({ triggers: [{ ...first, enabled: 'D' }, ...others] }),
      ['trigger-disabled'],
      1,
    ],
    [
      'trigger for replicas only',
      { ...written, events: [] },
      system({ triggers: [{ ...first, enabled: 'R' }, ...others] }),
      ['trigger-disabled'],
      1,
    ],
    [
      'trigger of another function',
      { ...written, events: [] },
      system({ triggers: [{ ...first, calls: 'other' }, ...others] }),
      ['trigger-wrong-function'],
      1,
    ],
    ['never heard of', { ...written, events: [], run: null }, well, ['not-heard'], 1],
    ['older than adoption', { ...written, events: [], run: null, isHistory: true }, well, ['before-adoption'], 1],

    ['server down', written, system({ server: { url: 'u', listener: null, trouble: 'refused' } }), ['server-down'], 1],
    ['intake off', written, listener({ isOff: true }), ['intake-off'], 1],
    [
      'intake paused for all',
      written,
      system({ pauses: [{ tenantId: null, actor: 'op', since: NOW }] }),
      ['intake-paused'],
      1,
    ],
    [
      'intake paused for its shop',
      written,
      system({ pauses: [{ tenantId: 'shop', actor: 'op', since: NOW }] }),
      ['intake-paused'],
      1,
    ],
    [
      'intake paused for another',
      written,
      system({ pauses: [{ tenantId: 'other', actor: 'op', since: NOW }] }),
      ['in-the-outbox'],
      4,
    ],
    ['listener cut', written, listener({}), ['listener-cut'], 1],
    [
      'given up',
      { ...written, events: [{ ageSeconds: 9, attempts: 8, lastError: 'refused', isDead: true }] },
      well,
      ['dead-letter'],
      1,
    ],
    [
      'Temporal away',
      written,
      system({ temporal: { trouble: 'refused', queues: [], workers: 'nothing to ask about' } }),
      ['temporal-down'],
      1,
    ],

    ['no worker answers', taken, system({ temporal: { ...well.temporal, workers: 'silent' } }), ['no-worker'], 3],
    [
      'no worker polls',
      taken,
      system({
        temporal: {
          ...well.temporal,
          workers: 'nothing to ask about',
          queues: [{ ...pipeline, pollers: 0, lastPoll: null }, pictures],
        },
      }),
      ['no-worker'],
      3,
    ],
    [
      'no worker, and its task says so too',
      { ...taken, workflow: { isOpen: true, untaken: { what: 'workflow', queue: 'ad-pipeline', seconds: 30 } } },
      system({ temporal: { ...well.temporal, workers: 'silent' } }),
      ['no-worker'],
      3,
    ],
    [
      'every slot taken',
      { ...taken, workflow: { isOpen: true, untaken: { what: 'vlm_analyze', queue: 'ad-pipeline', seconds: 30 } } },
      system({ temporal: { ...well.temporal, queues: [{ ...pipeline, pollers: 0 }, pictures] } }),
      ['workers-busy'],
      3,
    ],
    [
      'two faults at once',
      taken,
      system({ temporal: { ...well.temporal, workers: 'silent' }, stages: { url: 'u', trouble: 'x' } }),
      ['no-worker', 'stages-down'],
      1,
    ],

    [
      'stage service down',
      { ...taken, claim: { ...claim, lastEnding: 'outage', outageSince: NOW } },
      system({ stages: { url: 'u', trouble: 'refused' } }),
      ['stages-down'],
      1,
    ],
    [
      'its engine away',
      { ...taken, claim: { ...claim, lastEnding: 'outage', outageSince: NOW, reason: '503' } },
      well,
      ['dependency-away'],
      4,
    ],
    [
      'being repeated',
      { ...taken, claim: { ...claim, failures: 2, lastEnding: 'failed', reason: 'odd' } },
      well,
      ['retrying'],
      4,
    ],
    [
      'waiting for text',
      { ...taken, step: 'planner', status: 'done', wait: { evidence: 'ad_copy_kor', stage: 'overlay', since: NOW } },
      well,
      ['waiting-for-text'],
      4,
    ],
  ])('%s', (_, variant, facts, expected, exitCode) => {
    const findings = variantFindings(variant, facts);
    expect(codes(findings)).toEqual(expected);
    expect(exitCodeFor(findings)).toBe(exitCode);
  });

  it('an unknown id may be an INSERT without a commit', () => {
    expect(codes(unknownVariantFindings('v', well))).toEqual(['unknown-variant']);
    expect(codes(unknownVariantFindings('v', system({ transactions: [holder] })))).toEqual([
      'unknown-variant',
      'not-committed',
    ]);
  });
});

describe('the items of the status', () => {
  const bad = (facts: SystemFacts): string[] =>
    statusItems(facts).flatMap(({ item, ok }) => (ok === false ? [item] : []));
  const unknown = (facts: SystemFacts): string[] =>
    statusItems(facts).flatMap(({ item, ok }) => (ok === null ? [item] : []));

  it('are all proven in a system that is well', () => {
    expect(statusItems(well).every(({ ok, provenAt }) => ok && provenAt)).toBe(true);
  });

  it('do not blame what cannot be told', () => {
    const noServer = { ...well, server: { url: 'u', listener: null, trouble: 'refused' } };
    expect([bad(noServer), unknown(noServer)]).toEqual([['server'], ['intake', 'listener']]);
    const noTemporal: SystemFacts = {
      ...well,
      temporal: { trouble: 'refused', queues: [], workers: 'nothing to ask about' },
    };
    expect([bad(noTemporal), unknown(noTemporal)]).toEqual([['temporal'], ['workers', 'image-workers']]);
  });

  it('tell a worker for pictures from one for stages', () => {
    const queues = [pipeline, { ...pictures, pollers: 0 }];
    expect(bad({ ...well, temporal: { ...well.temporal, queues } })).toEqual(['image-workers']);
  });
});

describe('the words for findings', () => {
  it('exist in both languages for the same codes', () => {
    expect(Object.keys(ko.findings).sort()).toEqual(Object.keys(en.findings).sort());
  });
});
