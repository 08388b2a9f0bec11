import { type SqlBool, sql } from 'kysely';
import type { AssetKind, Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { TeamReach } from './channels.ts';

export interface OwnPolicy {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly examples: readonly { readonly name: string; readonly text: string }[];
  readonly author: string;
  readonly authorName: string;
  readonly createdAt: Date;
}

function select(query: Query) {
  return query
    .selectFrom('own_policy')
    .select([
      'name',
      'version',
      'source',
      'examples',
      'author',
      'author_name as authorName',
      'created_at as createdAt',
    ]);
}

/** The newest version of each policy that was uploaded and is still there. */
export function ownPolicies(query: Query): Promise<OwnPolicy[]> {
  return select(query)
    .where('is_removed', '=', false)
    .where(sql<SqlBool>`version = (select max(version) from own_policy as newest where newest.name = own_policy.name)`)
    .orderBy('name')
    .limit(1000)
    .execute();
}

/** All versions of one, the newest first. */
export function policyVersions(query: Query, name: string): Promise<OwnPolicy[]> {
  return select(query)
    .where('name', '=', name)
    .where('is_removed', '=', false)
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
}

/** Adds a version, the first or the next one; undefined when somebody else added one at the same moment. */
export async function addPolicyVersion(
  query: Query,
  { name, source, examples, author, authorName }: Omit<OwnPolicy, 'version' | 'createdAt'>,
  at: Date,
  isRemoved = false,
): Promise<number | undefined> {
  const { newest } = await query
    .selectFrom('own_policy')
    .select(sql<number>`coalesce(max(version), 0)`.as('newest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  const version = newest + 1;
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('own_policy')
    .values({
      name,
      version,
      source,
      examples: JSON.stringify(examples),
      author,
      author_name: authorName,
      created_at: at,
      is_removed: isRemoved,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? version : undefined;
}

export interface NewBinding {
  /** `build-gate`, `build-gate/no-secrets`, `own/name` */
  readonly policy: string;
  readonly action: 'audit' | 'warn' | 'deny';
  readonly team: string | null;
  readonly assetKind: AssetKind | null;
  readonly assetPrefix: string;
  readonly account: string;
}

export async function addPolicyBinding(query: Query, binding: NewBinding, at: Date): Promise<string> {
  const { policy, action, team, assetKind, assetPrefix, account } = binding;
  const { id } = await query
    .insertInto('policy_binding')
    .values({
      policy,
      action,
      team_id: team,
      asset_kind: assetKind,
      asset_prefix: assetPrefix,
      created_by: account,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Those for everything, and those of teams that somebody has to do with. */
export function listPolicyBindings(query: Query, reach: TeamReach) {
  let found = query
    .selectFrom('policy_binding')
    .leftJoin('team', 'team.id', 'policy_binding.team_id')
    .select([
      'policy_binding.id',
      'policy',
      'action',
      'team_id as team',
      'team.name as teamName',
      'asset_kind as assetKind',
      'asset_prefix as assetPrefix',
      'policy_binding.created_at as createdAt',
    ]);
  if (reach !== 'all') found = found.where(sql<SqlBool>`(team_id is null or team_id = any(${reach}::uuid[]))`);
  return found.orderBy('policy').orderBy('policy_binding.id').limit(2000).execute();
}

export type StoredBinding = Awaited<ReturnType<typeof listPolicyBindings>>[number];

export async function removePolicyBinding(query: Query, id: string): Promise<void> {
  await query.deleteFrom('policy_binding').where('id', '=', id).execute();
}

export interface JudgedAsset {
  readonly report: string;
  readonly asset: string;
  readonly assetKind: string;
  readonly assetName: string;
  readonly createdAt: Date;
  /** As the report has it. */
  readonly verdict: unknown;
}

/** What policies said in the newest report of each asset in which any were asked. */
export function policyVerdicts(
  query: Query,
  scopes: readonly Scope[],
  page: { readonly after?: string; readonly limit: number; readonly outcome?: string; readonly asset?: string },
): Promise<JudgedAsset[]> {
  const newest = query
    .selectFrom('report_assessment')
    .innerJoin('report', 'report.id', 'report_assessment.report_id')
    .innerJoin('asset', 'asset.id', 'report_assessment.asset_id')
    .distinctOn('asset.id')
    .select([
      'report.id as report',
      'asset.id as asset',
      'asset.kind as assetKind',
      'asset.name as assetName',
      'report.created_at as createdAt',
      sql<unknown>`document::jsonb -> 'verdict'`.as('verdict'),
    ])
    .where(visibleAssets(scopes))
    .where(sql<SqlBool>`document like '{%' and document::jsonb ? 'verdict'`)
    .orderBy('asset.id')
    .orderBy('report.created_at', 'desc');
  let found = query.selectFrom(newest.as('newest')).selectAll();
  if (page.after !== undefined) found = found.where('asset', '>', page.after);
  if (page.asset !== undefined) found = found.where('asset', '=', page.asset);
  if (page.outcome !== undefined) found = found.where(sql<SqlBool>`verdict ->> 'outcome' = ${page.outcome}`);
  return found.orderBy('asset').limit(page.limit).execute();
}
