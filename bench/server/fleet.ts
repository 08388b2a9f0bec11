import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { updateDatabase } from '#advisory/index.ts';
import { openStorage, type Query } from '#storage/index.ts';
import { applyAdvisories } from '../../src/server/advisories/apply.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { zipOf } from '../../test/kit/zip.ts';

const REPOSITORIES = 5000;
const TAGS = 20;
/** Advisories that are there already. */
const ADVISORIES = 5000;

/**
 * `node bench/server/fleet.ts [data directory]`: fills it when it is empty with 100,000 images of 300 packages, all tagged, then publishes
 * one advisory after the other in a mirror of the feeds, and measures how long it takes until their findings are open.
 */
const directory = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'plimsoll-fleet-'));
mkdirSync(directory, { recursive: true, mode: 0o755 });
// PostgreSQL may run as another user, who must be able to pass.
chmodSync(directory, 0o755);
const opened = await openStorage({ kind: 'embedded', directory: join(directory, 'database') });
if (!opened.ok) throw new Error(opened.error);
const { query, close } = opened.value;
if ((await query.selectFrom('asset').select('id').limit(1).executeTakeFirst()) === undefined) await fill(query);

/**
 * An image has a base of 120 system packages (one of 200), a framework of 80 (one of 2,000), dependencies of 80 (one of 20,000) and 20
 * packages of its own: layers are shared as a company's images share them.
 */
async function fill(query: Query): Promise<void> {
  const started = performance.now();
  await sql`
    insert into asset (kind, name) select 'repository', 'registry.example/team-' || i % 50 || '/service-' || i
    from generate_series(1, ${REPOSITORIES}::int) i`.execute(query);
  await fillPackages(query, 'deb', 400, 10);
  await fillPackages(query, 'npm', 40_000, 4);
  const sets = [
    { layer: 'base', sets: 200, members: 120, type: 'deb', names: 400 },
    { layer: 'framework', sets: 2000, members: 80, type: 'npm', names: 4000 },
    { layer: 'dependencies', sets: 20_000, members: 80, type: 'npm', names: 20_000 },
    { layer: 'own', sets: REPOSITORIES * TAGS, members: 20, type: 'npm', names: 40_000 },
  ];
  for (const one of sets) await fillSets(query, one);
  await sql`
    insert into artifact (asset_id, digest, digests, stream, distribution, match_context, is_current, inventory_at, matched_at, match_complete)
    select id, digest, array[digest], 'linux/amd64', distribution, md5(distribution::text), true, now(), now(), true
    from (
      select id, 'sha256:' || encode(sha256((id::text || t)::bytea), 'hex') as digest,
        jsonb_build_object('id', 'debian', 'name', 'Debian', 'version', (10 + hashtext(id::text) & 3)::text) as distribution
      from asset, generate_series(1, ${TAGS}::int) t) as one`.execute(query);
  await sql`
    insert into tag (asset_id, name, stream, artifact_id, since)
    select asset_id, '1.' || row_number() over (partition by asset_id order by id), 'linux/amd64', id, now() from artifact`.execute(
    query,
  );
  for (const [layer, each] of [
    ['base', 500],
    ['framework', 50],
    ['dependencies', 5],
    ['own', 1],
  ] as const)
    await sql`
      with numbered as (select id, row_number() over (order by id) - 1 as n from artifact),
      sets as (select id, row_number() over (order by id) - 1 as n from package_set where layer = ${layer})
      insert into artifact_package_set (artifact_id, set_id)
      select numbered.id, sets.id from numbered join sets on sets.n = numbered.n / ${each}::int`.execute(query);
  for (const table of [
    'asset',
    'artifact',
    'tag',
    'package',
    'package_set',
    'package_set_member',
    'artifact_package_set',
  ])
    await sql`vacuum analyze ${sql.table(table)}`.execute(query);
  console.log(`filled in ${Math.round((performance.now() - started) / 1000)} s`);
}

function fillPackages(query: Query, type: string, names: number, versions: number) {
  return sql`
    insert into package (type, name, version, purl, source, source_version, facts, lookups, identity)
    select ${type}, name, version, 'pkg:' || ${type}::text || case ${type} when 'deb' then '/debian' else '' end || '/' || name || '@' || version,
      name, version, '[]', array[${type}::text || ' ' || name], sha256((${type}::text || name || version)::bytea)
    from (select ${type}::text || '-package-' || n as name, v || '.0.0' as version
      from generate_series(1, ${names}::int) n, generate_series(1, ${versions}::int) v) as one`.execute(query);
}

interface SetsOfLayer {
  readonly layer: string;
  readonly sets: number;
  readonly members: number;
  readonly type: string;
  readonly names: number;
}

/** Few packages are in many sets, most in few. */
async function fillSets(query: Query, { layer, sets, members, type, names }: SetsOfLayer): Promise<void> {
  await sql`
    insert into package_set (identity, layer)
    select sha256((${layer}::text || i)::bytea), ${layer}::text from generate_series(1, ${sets}::int) i`.execute(query);
  const { rows } = await sql<{ readonly low: number; readonly high: number }>`
    select min(id) as low, max(id) as high from package_set where layer = ${layer}`.execute(query);
  const first = await sql<{ readonly id: number }>`select min(id) as id from package where type = ${type}`.execute(
    query,
  );
  const [{ low, high } = { low: 0, high: 0 }] = rows;
  const versions = type === 'deb' ? 10 : 4;
  for (let start = low; start <= high; start += 1000)
    await sql`
      insert into package_set_member (set_id, package_id, path)
      select s, ${first.rows[0]?.id ?? 0}::bigint
        + least(${names}::int - 1, floor(${names}::int * power((hashint4((s * 131 + m)::int) & 65535) / 65536.0, 2)))::bigint * ${versions}::int
        + ((hashint4((s * 17 + m)::int) & 65535) % ${versions}::int), 'app/lock'
      from generate_series(${start}::bigint, ${Math.min(high, start + 999)}::bigint) s, generate_series(1, ${members}::int) m
      on conflict do nothing`.execute(query);
}

const mirror = join(directory, 'mirror');
const database = join(directory, 'advisories');
const context = {
  ...testContext(query, () => new Date()),
  advisories: { directory: database, feedMirror: mirror, network: 'offline', everyMinutes: 60, program: '' },
} as const;

const put = (path: string, content: Buffer) => {
  mkdirSync(join(mirror, path, '..'), { recursive: true });
  writeFileSync(join(mirror, path), content);
};

const published: { readonly id: string; readonly name: string }[] = Array.from({ length: ADVISORIES }, (_, n) => ({
  id: `GHSA-old0-0000-${n}`,
  name: `elsewhere-${n}`,
}));
const tracked: Record<string, object> = Object.fromEntries(
  Array.from({ length: ADVISORIES }, (_, n) => [
    `elsewhere-${n}`,
    { [`CVE-2020-${10_000 + n}`]: openIn(['bookworm', 'bullseye', 'buster', 'trixie']) },
  ]),
);

function openIn(releases: readonly string[]): object {
  return {
    releases: Object.fromEntries(releases.map((one) => [one, { status: 'open', urgency: 'not yet assigned' }])),
  };
}

async function publish(): Promise<number> {
  put(
    'osv/npm/all.zip',
    zipOf(
      published.map(({ id, name }) => ({
        name: `${id}.json`,
        content: JSON.stringify({
          id,
          modified: '2026-11-24T00:00:00Z',
          affected: [
            { package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
          ],
        }),
      })),
    ),
  );
  put('debian/tracker.json.gz', gzipSync(JSON.stringify(tracked)));
  const ecosystems = ['npm', 'debian:10', 'debian:11', 'debian:12', 'debian:13'];
  const updated = await updateDatabase({ directory: database, from: mirror, ecosystems });
  if (!updated.ok) throw new Error(updated.error);
  const started = performance.now();
  await applyAdvisories({}, context, AbortSignal.timeout(600_000));
  return performance.now() - started;
}

await publish();
// The first comparison has everything before it; the images are marked as matched, so that only what comes now is measured.
await sql`update artifact set matched_at = now() where matched_at is null`.execute(query);
const counts = await sql<{ readonly images: number; readonly packages: number; readonly size: string }>`
  select (select count(*) from artifact)::int as images,
    (select count(*) from artifact_package_set join package_set_member using (set_id))::int as packages,
    pg_size_pretty(pg_database_size(current_database())) as size`.execute(query);
console.log(counts.rows[0]);
const rounds: readonly (() => string)[] = [
  ...[39_990, 20_000, 9000, 900, 90, 9].map((n) => () => {
    published.push({ id: `GHSA-new0-0000-${n}-${Date.now()}`, name: `npm-package-${n}` });
    return `npm-package-${n}`;
  }),
  ...[390, 150, 20].map((n) => () => {
    tracked[`deb-package-${n}`] = {
      [`CVE-2026-${Date.now() % 1_000_000}`]: openIn(['bookworm', 'bullseye', 'buster', 'trixie']),
    };
    return `deb-package-${n}`;
  }),
];
for (const add of rounds) {
  const name = add();
  const ms = await publish();
  const state = await query.selectFrom('advisory_state').select('outcome').executeTakeFirst();
  console.log(`${name}: ${Math.round(ms)} ms`, JSON.stringify(state?.outcome));
}
console.log(`resident: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`);
await close();
