import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Scope } from '#identity/index.ts';
import { readSubmission } from '#intake/index.ts';
import type { Decision, Digest } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { fullReport } from '../../../test/kit/full-report.ts';
import { digestOf, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { applyChange } from './finding-changes.ts';
import { acceptReport } from './reports.ts';

const { query } = await emptyStorage();
const receivedAt = new Date('2026-11-30T12:00:00Z');
const account = '00000000-0000-4000-8000-000000000001';
const everywhere: readonly Scope[] = [{ kind: 'all' }];

async function accept(report: ScanReport, scopes = everywhere, idempotencyKey?: string) {
  const text = JSON.stringify(report);
  const read = readSubmission(text, undefined, { receivedAt });
  if (!read.ok) throw new Error(read.error);
  return query.transaction().execute((transaction) =>
    acceptReport(transaction, read.value, {
      content: createHash('sha256').update(text).digest('hex'),
      principal: { account, name: 'ci' },
      scopes,
      receivedAt,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    }),
  );
}

interface Scanned {
  /** Day of November. */
  readonly day: number;
  readonly image: string;
  readonly digest?: string;
  readonly ids?: readonly string[];
  readonly aliases?: readonly string[];
  readonly assessment?: ScanReport['assessment'];
  readonly scanners?: ScanReport['scanners'];
  readonly decision?: Decision;
}

const curl = installed({ name: 'curl', version: '7.88.1-10' });

function scanned({ day, image, digest = 'a1', ids = [], aliases = [], decision, ...rest }: Scanned): ScanReport {
  const name = `registry.example/${image}`;
  const base = sampleReport();
  return sampleReport({
    createdAt: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    artifact: { ...base.artifact, name, tags: [name], manifestDigest: digestOf(digest) },
    packages: [curl],
    findings: ids.map((id) => finding({ id, aliases, package: curl, ...(decision && { decision }) })),
    unassessed: [],
    problems: [],
    assessment: 'complete',
    ...rest,
  });
}

/** Rule, state and how often it was opened again, of a repository. */
async function standing(repository: string): Promise<string[]> {
  const rows = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select(['rule', 'state', 'reopened'])
    .where('asset.name', '=', `registry.example/${repository}`)
    .orderBy('rule')
    .execute();
  return rows.map(({ rule, state, reopened }) => `${rule} ${state} ${reopened}`);
}

test('a report with everything in it, and the same once more', async () => {
  const first = await accept(fullReport());
  assert.ok(first.ok && !first.value.isRepeated);
  assert.deepEqual(await accept(fullReport()), { ok: true, value: { ...first.value, isRepeated: true } });
  const counts = await query
    .selectFrom('finding')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('asset_id', '=', first.value.asset)
    .groupBy('state')
    .orderBy('state')
    .execute();
  assert.deepEqual(
    counts.map(({ state, count }) => `${state} ${count}`),
    ['accepted 3', 'false-positive 1', 'not-affected 2', 'open 18'],
  );
});

const A = 'CVE-2026-0001';
const accepted: Decision = {
  source: 'exception',
  state: 'accepted',
  reason: 'never called',
  statedIn: 'exceptions.yaml:1',
};

const stories: readonly (readonly [string, readonly Scanned[], readonly string[]])[] = [
  [
    'gone/in-the-next-scan',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1' },
    ],
    [`${A} fixed 0`],
  ],
  [
    'gone/but-the-scan-has-holes',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1', assessment: 'incomplete' },
    ],
    [`${A} open 0`],
  ],
  [
    'gone/but-nobody-looked',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1', scanners: ['secret'] },
    ],
    [`${A} open 0`],
  ],
  [
    'gone/in-the-new-tag-only',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':2', digest: 'a2' },
    ],
    [`${A} open 0`],
  ],
  [
    'gone/where-the-tag-leads-now',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1', digest: 'a2' },
    ],
    [`${A} fixed 0`],
  ],
  [
    'gone/where-the-tag-leads-now-unproven',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1', digest: 'a2', assessment: 'incomplete' },
    ],
    [`${A} open 0`],
  ],
  [
    'back/in-another-digest',
    [
      { day: 1, image: ':1', ids: [A] },
      { day: 2, image: ':1', digest: 'a2' },
      { day: 3, image: ':1', digest: 'a3', ids: [A] },
    ],
    [`${A} open 1`],
  ],
  ['decided/by-the-report', [{ day: 1, image: ':1', ids: [A], decision: accepted }], [`${A} accepted 0`]],
  [
    'decided/no-longer',
    [
      { day: 1, image: ':1', ids: [A], decision: accepted },
      { day: 2, image: ':1', ids: [A] },
    ],
    [`${A} open 1`],
  ],
  [
    'decided/until-a-day-that-is-over',
    [{ day: 1, image: ':1', ids: [A], decision: { ...accepted, expires: '2026-11-20' } }],
    [`${A} open 0`],
  ],
  [
    'named/otherwise-by-others',
    [
      { day: 1, image: ':1', ids: ['GHSA-aaaa-bbbb-cccc'] },
      { day: 2, image: ':2', digest: 'a2', ids: [A], aliases: ['GHSA-aaaa-bbbb-cccc'] },
    ],
    [`${A} open 0`],
  ],
];

for (const [name, story, expected] of stories)
  test(`${name}, in order and in reverse`, async () => {
    const told = (place: string) => story.map((one) => scanned({ ...one, image: `${place}${one.image}` }));
    for (const report of told(name)) assert.ok((await accept(report)).ok);
    assert.deepEqual(await standing(name), expected);
    const reverse = `${name}-reversed`;
    for (const report of told(reverse).reverse()) assert.ok((await accept(report)).ok);
    const withoutCount = (lines: readonly string[]) => lines.map((line) => line.slice(0, -2));
    assert.deepEqual(withoutCount(await standing(reverse)), withoutCount(expected));
  });

test('any order, and all at once, come to the same', async () => {
  const story = Array.from(
    { length: 8 },
    (_, index): Scanned => ({
      day: index + 1,
      image: `:${index % 3}`,
      digest: `a${index % 4}`,
      ids: [A, 'CVE-2026-0002', 'CVE-2026-0003'].filter((__, bit) => ((index * 5 + 3) >> bit) & 1),
      ...(index % 3 === 1 && { decision: accepted }),
      ...(index === 5 && { assessment: 'incomplete' as const }),
    }),
  );
  const outcomes = [];
  for (let round = 0; round < 6; round++) {
    const reports = story
      .map((one) => scanned({ ...one, image: `order/${round}${one.image}` }))
      .map((report, index) => [(index * (2 * round + 1) + round) % 8, report] as const)
      .sort(([a], [b]) => a - b)
      .map(([, report]) => report);
    if (round === 5) await Promise.all(reports.map((report) => accept(report)));
    else for (const report of reports) await accept(report);
    outcomes.push(await picture(`order/${round}`));
  }
  for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
});

/** All that must not depend on the order. */
async function picture(repository: string) {
  const asset = await query
    .selectFrom('asset')
    .select(['id', 'first_seen_at', 'last_seen_at'])
    .where('name', '=', `registry.example/${repository}`)
    .executeTakeFirstOrThrow();
  const findings = await query
    .selectFrom('finding')
    .select(['rule', 'state', 'first_seen_at', 'last_seen_at', 'title', 'severity'])
    .where('asset_id', '=', asset.id)
    .orderBy('rule')
    .execute();
  const occurrences = await query
    .selectFrom('occurrence')
    .innerJoin('finding', 'finding.id', 'occurrence.finding_id')
    .innerJoin('artifact', 'artifact.id', 'occurrence.artifact_id')
    .select(['rule', 'digest', 'occurrence.first_seen_at', 'occurrence.last_seen_at', 'gone_at'])
    .where('finding.asset_id', '=', asset.id)
    .orderBy('rule')
    .orderBy('digest')
    .execute();
  const tags = await query
    .selectFrom('tag')
    .innerJoin('artifact', 'artifact.id', 'tag.artifact_id')
    .select(['name', 'digest', 'since', 'until'])
    .where('tag.asset_id', '=', asset.id)
    .orderBy('since')
    .execute();
  return { seen: [asset.first_seen_at, asset.last_seen_at], findings, occurrences, tags };
}

test('what a person decided holds for a new tag, and against what a report says', async () => {
  await accept(scanned({ day: 1, image: 'person:1', ids: [A] }));
  const { id } = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select('finding.id')
    .where('asset.name', '=', 'registry.example/person')
    .executeTakeFirstOrThrow();
  const decision = { state: 'false-positive', source: 'person', reason: 'another curl' } as const;
  const changed = await applyChange(query, id, { kind: 'decide', decision }, { actor: account, at: receivedAt });
  assert.ok(changed.ok);
  await accept(scanned({ day: 2, image: 'person:2', digest: 'a2', ids: [A] }));
  await accept(scanned({ day: 3, image: 'person:3', digest: 'a3', ids: [A], decision: accepted }));
  assert.deepEqual(await standing('person'), [`${A} false-positive 0`]);
  const history = await query
    .selectFrom('finding_event')
    .select(['kind', 'actor'])
    .where('finding_id', '=', id)
    .execute();
  assert.deepEqual(history, [
    { kind: 'opened', actor: null },
    { kind: 'decided', actor: account },
  ]);
});

test('nobody uploads what is not theirs, and a key stands for one document', async () => {
  const team: readonly Scope[] = [{ kind: 'assets', asset: 'repository', prefix: 'registry.example/mine/' }];
  assert.ok((await accept(scanned({ day: 1, image: 'mine/app:1' }), team, 'key-1')).ok);
  assert.deepEqual(await accept(scanned({ day: 2, image: 'mine/app:1' }), team, 'key-1'), {
    ok: false,
    error: 'key-used',
  });
  assert.deepEqual(await accept(scanned({ day: 1, image: 'person:1' }), team), { ok: false, error: 'out-of-scope' });
  assert.deepEqual(await accept(scanned({ day: 1, image: 'new:1' }), team), { ok: false, error: 'out-of-scope' });
});

test('texts that no database holds', async () => {
  const owner = installed({ name: 'a\0b\ud800', version: '1\0', purl: `pkg:npm/${'x'.repeat(5000)}` });
  const report = scanned({ day: 1, image: 'hostile:1' });
  const digest: Digest = digestOf('a9');
  const hostile = {
    ...report,
    artifact: { ...report.artifact, manifestDigest: digest },
    packages: [owner],
    findings: [finding({ id: `CVE-\0${'y'.repeat(9000)}`, package: owner, summary: '\ud800\0', references: ['\0'] })],
  };
  assert.ok((await accept(hostile)).ok);
});
