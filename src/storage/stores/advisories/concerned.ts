import { sql } from 'kysely';
import type { Query } from '../../index.ts';

/** A package as it is kept, with what matching asks of it. */
export interface KeptPackage {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly source: string | null;
  readonly sourceVersion: string | null;
  readonly facts: readonly (readonly [string, string])[];
}

/** What is the same for all artifacts in which a package is judged alike. */
export interface MatchContext {
  readonly context: string;
  readonly distribution: object | null;
  readonly isSubscribed: boolean;
}

export interface ConcernedPackages extends MatchContext {
  readonly packages: readonly KeptPackage[];
}

const columns = sql`
  package.id, package.type, package.name, package.version, package.purl, package.source,
  package.source_version as "sourceVersion", package.facts`;

/** Packages of current artifacts that have one of the keys, by what they are judged with: each once, however many artifacts hold it. */
export async function concernedPackages(query: Query, keys: readonly string[]): Promise<readonly ConcernedPackages[]> {
  const { rows } = await sql<KeptPackage & { readonly context: string }>`
    with hit as materialized (
      select id from package where lookups && ${[...keys]}::text[]
    ), pair as materialized (
      select distinct artifact.match_context as context, member.package_id
      from hit join package_set_member member on member.package_id = hit.id
      join artifact_package_set held on held.set_id = member.set_id
      join artifact on artifact.id = held.artifact_id
      where artifact.is_current and artifact.match_context is not null
    )
    select pair.context, ${columns} from pair join package on package.id = pair.package_id
    order by pair.context, package.id`.execute(query);
  const byContext = Map.groupBy(rows, ({ context }) => context);
  const contexts = await matchContexts(query, [...byContext.keys()]);
  return contexts.map((one) => ({ ...one, packages: byContext.get(one.context) ?? [] }));
}

async function matchContexts(query: Query, contexts: readonly string[]): Promise<readonly MatchContext[]> {
  const found = await Promise.all(
    contexts.map((context) =>
      query
        .selectFrom('artifact')
        .select(['match_context as context', 'distribution', 'is_subscribed as isSubscribed'])
        .where('match_context', '=', context)
        .limit(1)
        .executeTakeFirst(),
    ),
  );
  return found.flatMap((one) => (one?.context ? [{ ...one, context: one.context }] : []));
}

/** Packages by their package URLs, which are those of packages that brought others. */
export async function packagesByUrl(query: Query, purls: readonly string[]): Promise<readonly KeptPackage[]> {
  if (purls.length === 0) return [];
  const { rows } = await sql<KeptPackage>`
    select ${columns} from package where purl = any (${[...purls]}::text[]) order by package.id`.execute(query);
  return rows;
}

export interface UnmatchedArtifact extends MatchContext {
  readonly id: number;
  readonly asset: string;
  readonly packages: readonly KeptPackage[];
}

/** A current artifact whose packages were not yet compared with all advisories; undefined when there is none. */
export async function unmatchedArtifact(query: Query): Promise<UnmatchedArtifact | undefined> {
  const artifact = await query
    .selectFrom('artifact')
    .select(['id', 'asset_id as asset', 'match_context as context', 'distribution', 'is_subscribed as isSubscribed'])
    .where('is_current', '=', true)
    .where('matched_at', 'is', null)
    .where('inventory_at', 'is not', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (artifact === undefined) return undefined;
  const { rows } = await sql<KeptPackage>`
    select ${columns} from package
    where id in (select package_id from artifact_package where artifact_id = ${artifact.id}) order by package.id`.execute(
    query,
  );
  return { ...artifact, context: artifact.context ?? '', packages: rows };
}

/** Distributions and kinds of packages that there are now: what advisory data is needed of. */
export async function ecosystemsMet(query: Query) {
  const contexts = await sql<{ readonly context: string; readonly distribution: object }>`
    select distinct on (match_context) match_context as context, distribution from artifact
    where is_current and distribution is not null order by match_context`.execute(query);
  const keys = await sql<{ readonly ecosystem: string }>`
    select distinct split_part(key, ' ', 1) as ecosystem from package, unnest(lookups) as key`.execute(query);
  return {
    distributions: contexts.rows,
    ecosystems: keys.rows.map(({ ecosystem }) => ecosystem),
  };
}
