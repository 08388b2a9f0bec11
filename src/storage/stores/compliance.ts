import { type SqlBool, sql } from 'kysely';
import type { StandingDecision } from '#findings/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { TeamReach } from './channels.ts';

/** Keeps what a report says beside packages and findings. */
export async function keepAssessment(
  query: Query,
  { report, asset, document }: { readonly report: string; readonly asset: string; readonly document: string },
): Promise<void> {
  await query
    .insertInto('report_assessment')
    .values({ report_id: report, asset_id: asset, document })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Which assets; absent: all that may be seen. */
export interface EvidenceScope {
  readonly team?: string;
  readonly asset?: string;
}

export interface KeptAssessment {
  readonly report: string;
  readonly asset: string;
  readonly assetKind: string;
  readonly assetName: string;
  readonly createdAt: Date;
  readonly document: string;
}

/** The newest report of each sort of each current artifact, the newest first. One more than the limit says that there are more. */
export async function currentAssessments(
  query: Query,
  scopes: readonly Scope[],
  { team, asset }: EvidenceScope,
  limit: number,
): Promise<KeptAssessment[]> {
  let newest = query
    .selectFrom('report')
    .innerJoin('artifact', 'artifact.id', 'report.artifact_id')
    .innerJoin('asset', 'asset.id', 'report.asset_id')
    .innerJoin('report_assessment', 'report_assessment.report_id', 'report.id')
    .distinctOn(['report.artifact_id', 'report.tool', 'report.scanners'])
    .select([
      'report.id as report',
      'asset.id as asset',
      'asset.kind as assetKind',
      'asset.name as assetName',
      'report.created_at as createdAt',
      'document',
    ])
    .where('artifact.is_current', '=', true)
    .where(visibleAssets(scopes));
  if (team !== undefined) newest = newest.where('asset.team_id', '=', team);
  if (asset !== undefined) newest = newest.where('asset.id', '=', asset);
  const sorted = newest
    .orderBy('report.artifact_id')
    .orderBy('report.tool')
    .orderBy('report.scanners')
    .orderBy('report.created_at', 'desc');
  return query
    .selectFrom(sorted.as('newest'))
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('report')
    .limit(limit)
    .execute();
}

/** How many assets there are, with or without anything that was looked at. */
export async function countAssets(
  query: Query,
  scopes: readonly Scope[],
  { team, asset }: EvidenceScope,
): Promise<number> {
  let assets = query
    .selectFrom('asset')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(visibleAssets(scopes));
  if (team !== undefined) assets = assets.where('asset.team_id', '=', team);
  if (asset !== undefined) assets = assets.where('asset.id', '=', asset);
  return (await assets.executeTakeFirstOrThrow()).count;
}

export interface StandingFinding {
  readonly id: string;
  readonly asset: string;
  readonly kind: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly state: string;
  readonly title: string;
  readonly decision: StandingDecision | null;
  readonly message: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly resource: unknown;
}

/** Findings of these assets that stand against something, or would if nobody had accepted them. */
export async function standingFindings(query: Query, assets: readonly string[]): Promise<StandingFinding[]> {
  return query
    .selectFrom('finding')
    .select([
      'id',
      'asset_id as asset',
      'kind',
      'rule',
      'severity',
      'state',
      'title',
      'decision',
      sql<string | null>`details ->> 'message'`.as('message'),
      sql<string | null>`details -> 'location' ->> 'path'`.as('path'),
      sql<
        number | null
      >`case jsonb_typeof(details -> 'location' -> 'line') when 'number' then (details -> 'location' ->> 'line')::float8 end`.as(
        'line',
      ),
      sql<unknown>`details -> 'resource'`.as('resource'),
    ])
    .where(sql<SqlBool>`asset_id = any(${assets}::uuid[])`)
    .where('state', 'in', ['open', 'in-progress', 'accepted'])
    .orderBy('asset_id')
    .orderBy('id')
    .execute();
}

export interface NewAttestation {
  readonly control: string | null;
  readonly framework: string | null;
  readonly clause: string | null;
  readonly team: string | null;
  readonly state: 'met' | 'not-met' | 'not-applicable';
  readonly statement: string;
  readonly evidence: readonly string[];
  readonly author: string;
  readonly authorName: string;
  readonly expiresAt: Date;
}

export async function addAttestation(query: Query, attestation: NewAttestation, at: Date): Promise<string> {
  const { team, evidence, authorName, expiresAt, ...rest } = attestation;
  const { id } = await query
    .insertInto('attestation')
    .values({
      ...rest,
      team_id: team,
      evidence: JSON.stringify(evidence),
      author_name: authorName,
      created_at: at,
      expires_at: expiresAt,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function selectAttestations(query: Query) {
  return query
    .selectFrom('attestation')
    .leftJoin('team', 'team.id', 'attestation.team_id')
    .select([
      'attestation.id',
      'control',
      'framework',
      'clause',
      'team_id as team',
      'team.name as teamName',
      'state',
      'statement',
      'evidence',
      'author',
      'author_name as authorName',
      'attestation.created_at as createdAt',
      'expires_at as expiresAt',
      'revoked_at as revokedAt',
    ]);
}

export type StoredAttestation = Awaited<ReturnType<ReturnType<typeof selectAttestations>['executeTakeFirstOrThrow']>>;

/** Those about everything, and those about teams that somebody has to do with. The newest first. */
export function listAttestations(
  query: Query,
  reach: TeamReach,
  page: { readonly after?: readonly [string, string]; readonly limit: number; readonly team?: string },
): Promise<StoredAttestation[]> {
  let found = selectAttestations(query);
  if (reach !== 'all') found = found.where(sql<SqlBool>`(team_id is null or team_id = any(${reach}::uuid[]))`);
  if (page.team !== undefined) found = found.where(sql<SqlBool>`(team_id is null or team_id = ${page.team}::uuid)`);
  if (page.after)
    found = found.where(
      sql<SqlBool>`(date_trunc('milliseconds', attestation.created_at), attestation.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`,
    );
  return found
    .orderBy(sql`date_trunc('milliseconds', attestation.created_at)`, 'desc')
    .orderBy('attestation.id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Those that are heard: about everything, or about this team. */
export function heardAttestations(query: Query, team: string | undefined): Promise<StoredAttestation[]> {
  return selectAttestations(query)
    .where('revoked_at', 'is', null)
    .where(({ or, eb }) => or([eb('team_id', 'is', null), ...(team === undefined ? [] : [eb('team_id', '=', team)])]))
    .orderBy('attestation.created_at')
    .limit(5000)
    .execute();
}

export function findAttestation(query: Query, id: string): Promise<StoredAttestation | undefined> {
  return selectAttestations(query).where('attestation.id', '=', id).executeTakeFirst();
}

export async function revokeAttestation(query: Query, id: string, at: Date): Promise<void> {
  await query
    .updateTable('attestation')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
}
