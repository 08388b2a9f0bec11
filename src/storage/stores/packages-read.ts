import { sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { PageAfter } from './assets-read.ts';

/** What is in an artifact, by name. */
export function listPackages(
  query: Query,
  artifact: number,
  { after, limit }: PageAfter<{ readonly name: string; readonly id: number }>,
) {
  let found = query
    .selectFrom('artifact_package')
    .innerJoin('package', 'package.id', 'artifact_package.package_id')
    .select([
      'package.id',
      'package.type',
      'package.name',
      'package.version',
      'package.purl',
      'package.source',
      'package.source_version as sourceVersion',
      sql<string | null>`min(artifact_package.layer)`.as('layer'),
      sql<string[]>`array_remove(array_agg(distinct artifact_package.path), '')`.as('paths'),
    ])
    .where('artifact_package.artifact_id', '=', artifact)
    .groupBy('package.id');
  if (after !== undefined)
    found = found.where(sql<boolean>`(package.name, package.id) > (${after.name}, ${after.id}::bigint)`);
  return found.orderBy('package.name').orderBy('package.id').limit(limit).execute();
}

export interface PackageSearch {
  /** Whole, as its ecosystem writes it: `org.apache.logging.log4j:log4j-core`. */
  readonly name: string;
  readonly type?: string;
  readonly version?: string;
  /** Also what old artifacts had, that are neither the newest nor named by a tag. */
  readonly includesOld: boolean;
}

/** Where a package is, by index on its name: the answer to "where is log4j?". */
export function wherePackage(
  query: Query,
  scopes: readonly Scope[],
  { name, type, version, includesOld }: PackageSearch,
  { after, limit }: PageAfter<{ readonly artifact: number; readonly id: number }>,
) {
  let found = query
    .selectFrom('package')
    .innerJoin('artifact_package', 'artifact_package.package_id', 'package.id')
    .innerJoin('artifact', 'artifact.id', 'artifact_package.artifact_id')
    .innerJoin('asset', 'asset.id', 'artifact.asset_id')
    .distinct()
    .select([
      'package.id',
      'package.type',
      'package.name',
      'package.version',
      'package.purl',
      'artifact.id as artifact',
      'artifact.digest',
      'artifact.platform',
      'asset.id as asset',
      'asset.kind as assetKind',
      'asset.name as assetName',
      'asset.team_id as team',
    ])
    .where('package.name', '=', name)
    .where(visibleAssets(scopes));
  if (type !== undefined) found = found.where('package.type', '=', type);
  if (version !== undefined) found = found.where('package.version', '=', version);
  if (!includesOld) found = found.where('artifact.is_current', '=', true);
  if (after !== undefined)
    found = found.where(sql<boolean>`(artifact.id, package.id) < (${after.artifact}::bigint, ${after.id}::bigint)`);
  return found.orderBy('artifact.id', 'desc').orderBy('package.id', 'desc').limit(limit).execute();
}

/** Names of packages that have the text in them, of what somebody sees and what counts now, the shortest first: it is closest to what was typed. */
export async function packageNames(query: Query, scopes: readonly Scope[], text: string, limit: number) {
  const named = query
    .selectFrom('package')
    .select(['type', 'name'])
    .distinct()
    .where(sql<boolean>`position(lower(${text}) in lower(package.name)) > 0`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('artifact_package')
          .innerJoin('artifact', 'artifact.id', 'artifact_package.artifact_id')
          .innerJoin('asset', 'asset.id', 'artifact.asset_id')
          .select('artifact.id')
          .whereRef('artifact_package.package_id', '=', 'package.id')
          .where('artifact.is_current', '=', true)
          .where(visibleAssets(scopes)),
      ),
    );
  return query
    .selectFrom(named.as('named'))
    .selectAll()
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .orderBy('type')
    .limit(limit)
    .execute();
}
