import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SubmittedPackage } from '#findings/index.ts';
import type { Query } from '../index.ts';

/** Of a package with all that is said of it, but for where it is. */
export function packageIdentity(one: SubmittedPackage): string {
  const { type, name, version, purl, source, sourceVersion, facts, lookups } = one;
  const said = [type, name, version, purl, source ?? null, sourceVersion ?? null, facts ?? [], lookups ?? []];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** The ids of packages by identity; those that nobody had are added. Always in the same order: two at once do not wait for each other in a ring. */
export async function storePackages(
  query: Query,
  packages: readonly SubmittedPackage[],
): Promise<ReadonlyMap<string, number>> {
  const all = new Map(packages.map((one) => [packageIdentity(one), one]));
  const known = await packageIds(query, [...all.keys()]);
  const missing = [...all].filter(([identity]) => !known.has(identity)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length === 0) return known;
  const column = (of: (one: SubmittedPackage) => string | undefined) => missing.map(([, one]) => of(one) ?? null);
  await sql`
    insert into package (type, name, version, purl, source, source_version, facts, lookups, identity)
    select type, name, version, purl, source, source_version, facts::jsonb,
      array(select jsonb_array_elements_text(lookups::jsonb)), decode(identity, 'hex')
    from unnest(
      ${column(({ type }) => type)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ version }) => version)}::text[], ${column(({ purl }) => purl)}::text[],
      ${column(({ source }) => source)}::text[], ${column(({ sourceVersion }) => sourceVersion)}::text[],
      ${column(({ facts = [] }) => JSON.stringify(facts))}::text[],
      ${column(({ lookups = [] }) => JSON.stringify(lookups))}::text[], ${missing.map(([identity]) => identity)}::text[]
    ) as one (type, name, version, purl, source, source_version, facts, lookups, identity)
    on conflict (identity) do nothing`.execute(query);
  return new Map([
    ...known,
    ...(await packageIds(
      query,
      missing.map(([identity]) => identity),
    )),
  ]);
}

async function packageIds(query: Query, identities: readonly string[]): Promise<Map<string, number>> {
  if (identities.length === 0) return new Map();
  const { rows } = await sql<{ readonly id: number; readonly identity: string }>`
    select id, encode(package.identity, 'hex') as identity from package
    where identity in (select decode(one, 'hex') from unnest(${identities}::text[]) as one)`.execute(query);
  return new Map(rows.map(({ id, identity }) => [identity, id]));
}

export interface HeldPackage {
  readonly id: number;
  readonly layer: string | undefined;
  readonly path: string;
}

/** What is installed in an artifact, instead of what was said before. What one layer left is kept once for all artifacts that have it. */
export async function replacePackages(query: Query, artifact: number, packages: readonly HeldPackage[]): Promise<void> {
  const byLayer = Map.groupBy(packages, ({ layer }) => layer ?? '');
  const sets = new Map([...byLayer].map(([layer, members]) => setOf(layer, members)));
  await addSets(query, sets);
  await sql`
    with given as (
      select package_set.id from package_set
      where package_set.identity in (select decode(one, 'hex') from unnest(${[...sets.keys()]}::text[]) as one) for key share
    ), gone as (
      delete from artifact_package_set where artifact_id = ${artifact} and set_id not in (select id from given)
    )
    insert into artifact_package_set (artifact_id, set_id) select ${artifact}::bigint, id from given
    on conflict do nothing`.execute(query);
}

interface PackageSet {
  readonly layer: string;
  readonly members: readonly HeldPackage[];
}

function setOf(layer: string, held: readonly HeldPackage[]): [string, PackageSet] {
  const distinct = new Map(held.map((one) => [`${one.id}\t${one.path}`, one]));
  const members = [...distinct.values()].sort((a, b) => a.id - b.id || (a.path < b.path ? -1 : 1));
  const text = [layer, ...members.map(({ id, path }) => `${id}\t${path}`)].join('\n');
  return [createHash('sha256').update(text).digest('hex'), { layer, members }];
}

async function addSets(query: Query, sets: ReadonlyMap<string, PackageSet>): Promise<void> {
  const sorted = [...sets].sort(([a], [b]) => (a < b ? -1 : 1));
  const { rows: added } = await sql<{ readonly id: number; readonly identity: string }>`
    insert into package_set (identity, layer)
    select decode(identity, 'hex'), nullif(layer, '')
    from unnest(${sorted.map(([identity]) => identity)}::text[], ${sorted.map(([, { layer }]) => layer)}::text[]) as one (identity, layer)
    on conflict (identity) do nothing returning id, encode(package_set.identity, 'hex') as identity`.execute(query);
  const members = added.flatMap(({ id, identity }) =>
    (sets.get(identity)?.members ?? []).map((one) => ({ ...one, set: id })),
  );
  if (members.length === 0) return;
  await sql`
    insert into package_set_member (set_id, package_id, path)
    select * from unnest(
      ${members.map(({ set }) => set)}::bigint[], ${members.map(({ id }) => id)}::bigint[],
      ${members.map(({ path }) => path)}::text[])`.execute(query);
}

/** Sets that no artifact has any more. */
export async function removeUnusedSets(query: Query): Promise<void> {
  await sql`
    delete from package_set where not exists (select from artifact_package_set where set_id = package_set.id)`.execute(
    query,
  );
}
