import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SubmittedPackage } from '#findings/index.ts';
import type { Query } from '../index.ts';

/** Of a package with all that is said of it. */
export function packageIdentity({ type, name, version, purl, source, sourceVersion }: SubmittedPackage): string {
  return createHash('sha256')
    .update(JSON.stringify([type, name, version, purl, source ?? null, sourceVersion ?? null]))
    .digest('hex');
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
    insert into package (type, name, version, purl, source, source_version, identity)
    select type, name, version, purl, source, source_version, decode(identity, 'hex')
    from unnest(
      ${column(({ type }) => type)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ version }) => version)}::text[], ${column(({ purl }) => purl)}::text[],
      ${column(({ source }) => source)}::text[], ${column(({ sourceVersion }) => sourceVersion)}::text[],
      ${missing.map(([identity]) => identity)}::text[]
    ) as one (type, name, version, purl, source, source_version, identity)
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

/** What is installed in an artifact, instead of what was said before. */
export async function replacePackages(
  query: Query,
  artifact: number,
  packages: readonly { readonly id: number; readonly layer: string | undefined }[],
): Promise<void> {
  const layers = new Map(packages.map(({ id, layer }) => [id, layer ?? null]));
  await sql`
    with given as (
      select * from unnest(${[...layers.keys()]}::bigint[], ${[...layers.values()]}::text[]) as one (package_id, layer)
    ), gone as (
      delete from artifact_package where artifact_id = ${artifact} and package_id not in (select package_id from given)
    )
    insert into artifact_package (artifact_id, package_id, layer)
    select ${artifact}::bigint, package_id, layer from given
    on conflict (artifact_id, package_id) do update set layer = excluded.layer
    where artifact_package.layer is distinct from excluded.layer`.execute(query);
}
