import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roles } from '#identity/index.ts';
import { openStorage } from '#storage/index.ts';
import { createApplication } from '../../src/server/application.ts';
import { routes } from '../../src/server/routes/index.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { seed } from './seed.ts';

const FINDINGS = 1_000_000;
const USERS = 20;
const SECONDS = 60;
/** A person looks at what they got for this long, on average. */
const THINK_MS = 1000;

const FILTERS = [
  '',
  'is:open',
  'is:open severity>=high',
  'is:open package:package-77',
  'rule:CVE-2019-77*',
  'is:open team:team-7',
  'team:none state:accepted',
  'is:overdue',
  'is:open due<7d',
  'overflow parser',
  'is:exploited is:open severity:critical',
  'seen>7d',
  'is:open asset:registry.example/team-3/*',
  'rank>=99.9',
  'fixed>30d',
  'is:open exposure:internet severity:critical',
];
const PATHS = [
  '/findings?sort=rank',
  '/findings?sort=severity',
  '/findings?sort=due',
  '/findings?sort=-seen',
  '/findings/count?',
  '/findings/facets?',
  '/findings/facets?frequent=package',
];

/** `node bench/server/findings.ts [data directory]`: fills it when it is empty, which takes minutes. */
const directory = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const opened = await openStorage({ kind: 'embedded', directory });
if (!opened.ok) throw new Error(opened.error);
const { query, close } = opened.value;
const asset = await query.selectFrom('asset').select('id').executeTakeFirst();
if (asset === undefined) await seed(query, FINDINGS);

const team = await query.selectFrom('team').select('id').where('name', '=', 'team-7').executeTakeFirstOrThrow();
const application = await createApplication({
  context: testContext(query, () => new Date('2026-11-24T12:00:00Z')),
  routes,
  authenticate: async ({ headers }) => ({
    account: team.id,
    name: 'bench',
    kind: 'person',
    grants: [
      {
        permissions: new Set(roles.viewer),
        scope: headers['x-scope'] === 'team' ? { kind: 'team', team: team.id } : { kind: 'all' },
      },
    ],
  }),
  requestsPerMinute: 1_000_000,
});
const address = await application.listen({ host: '127.0.0.1', port: 0 });

const took = new Map<string, number[]>();

async function request(index: number): Promise<void> {
  const filter = FILTERS[index % FILTERS.length] ?? '';
  const path = PATHS[Math.floor(index / FILTERS.length) % PATHS.length] ?? '';
  const scope = Math.floor(index / FILTERS.length / PATHS.length) % 2 === 0 ? 'all' : 'team';
  const start = performance.now();
  const answer = await fetch(`${address}/api/v1${path}&filter=${encodeURIComponent(filter)}`.replace('?&', '?'), {
    headers: { 'x-scope': scope },
  });
  await answer.text();
  const ms = performance.now() - start;
  if (!answer.ok) throw new Error(`${path} ${filter}: ${answer.status}`);
  const kind = path.startsWith('/findings?') ? 'list' : path.includes('count') ? 'count' : 'facets';
  for (const name of [kind, 'all', `${scope} ${path} ${filter}`]) took.set(name, [...(took.get(name) ?? []), ms]);
}

async function user(number: number): Promise<void> {
  const end = performance.now() + SECONDS * 1000;
  for (let index = number * 31; performance.now() < end; index += 37) {
    await request(index);
    await new Promise((resolve) => setTimeout(resolve, THINK_MS * (0.5 + ((index * 7) % 10) / 10)));
  }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN);
}

for (let index = 0; index < FILTERS.length * PATHS.length * 2; index++) await request(index);
const single = new Map(took);
took.clear();
await Promise.all(Array.from({ length: USERS }, (_, number) => user(number)));
for (const [title, results] of [
  ['one at a time', single],
  [`${USERS} users`, took],
] as const)
  for (const kind of ['list', 'count', 'facets', 'all']) {
    const values = results.get(kind) ?? [];
    console.log(
      `${title}, ${kind}: ${values.length} requests, p50 ${quantile(values, 0.5)} ms, p95 ${quantile(values, 0.95)} ms, p99 ${quantile(values, 0.99)} ms`,
    );
  }
const slowest = [...took]
  .filter(([name]) => name.includes('/'))
  .sort((one, other) => quantile(other[1], 0.5) - quantile(one[1], 0.5));
for (const [name, values] of slowest.slice(0, 12)) console.log(`${quantile(values, 0.5)} ms ${name}`);
console.log(`resident: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`);
await application.close();
await close();
