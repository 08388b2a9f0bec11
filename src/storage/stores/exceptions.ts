import { type Expression, expressionBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import {
  defaultExceptionPolicy,
  type ExceptionPolicy,
  type ExceptionScope,
  type ExceptionStanding,
  exceptionPolicy,
  notWorseThan,
} from '#exceptions/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import type { ExceptionTable } from '../tables/exceptions.ts';
import type { Tables } from '../tables/index.ts';

export type ExceptionRow = Selectable<ExceptionTable> & {
  /** Who approved, in the order in which they did. */
  readonly approvals: readonly { readonly account: string; readonly name: string }[];
};

export interface NewExceptionRow {
  readonly state: 'draft' | 'requested';
  readonly scope: ExceptionScope;
  readonly reason: ExceptionTable['reason'];
  readonly explanation: string;
  readonly worst: Severity;
  readonly requester: { readonly account: string; readonly name: string };
  readonly expiresAt: Date;
  readonly renews: string | undefined;
}

export async function addException(query: Query, exception: NewExceptionRow, at: Date): Promise<string> {
  const { scope, requester, expiresAt, renews, ...rest } = exception;
  const { id } = await query
    .insertInto('exception')
    .values({
      ...rest,
      scope: JSON.stringify(scope),
      finding_id: scope.finding ?? null,
      team_id: scope.team ?? null,
      requester: requester.account,
      requester_name: requester.name,
      created_at: at,
      approved_at: null,
      expires_at: expiresAt,
      reminded_days: null,
      renews: renews ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findException(query: Query, id: string, isLocked = false): Promise<ExceptionRow | undefined> {
  const found = query.selectFrom('exception').selectAll().where('id', '=', id);
  const row = await (isLocked ? found.forUpdate() : found).executeTakeFirst();
  return row && { ...row, approvals: await approvalsOf(query, id) };
}

async function approvalsOf(query: Query, exception: string) {
  return query
    .selectFrom('exception_approval')
    .select(['account_id as account', 'name'])
    .where('exception_id', '=', exception)
    .orderBy('at')
    .execute();
}

export function exceptionStanding(row: ExceptionRow): ExceptionStanding {
  return {
    state: row.state,
    requester: row.requester,
    approvers: row.approvals.map(({ account }) => account),
    worst: row.worst,
    expiresAt: row.expires_at,
  };
}

/** Who asks for a list: everything for those who see everything, else their own and those of their teams and assets. */
export interface ExceptionReader {
  readonly account: string;
  readonly scopes: readonly Scope[];
}

export interface ExceptionPage {
  readonly states: readonly ExceptionTable['state'][] | undefined;
  /** Approved ones that end before. */
  readonly endsBefore: Date | undefined;
  readonly limit: number;
  readonly after: { readonly at: string; readonly id: string } | undefined;
}

/** The newest first. */
export async function listExceptions(
  query: Query,
  reader: ExceptionReader,
  page: ExceptionPage,
): Promise<ExceptionRow[]> {
  let found = query
    .selectFrom('exception')
    .selectAll('exception')
    .where(readableException(reader))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.states) found = found.where('state', 'in', page.states);
  if (page.endsBefore) found = found.where('expires_at', '<', page.endsBefore);
  if (page.after)
    found = found.where(sql<SqlBool>`(created_at, id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`);
  const rows = await found.execute();
  return Promise.all(rows.map(async (row) => ({ ...row, approvals: await approvalsOf(query, row.id) })));
}

export async function mayRead(query: Query, id: string, reader: ExceptionReader): Promise<boolean> {
  const found = await query
    .selectFrom('exception')
    .select('id')
    .where('id', '=', id)
    .where(readableException(reader))
    .execute();
  return found.length > 0;
}

/** What somebody may read: their own, those of their teams, and those about findings that they see. */
export function readableException({ account, scopes }: ExceptionReader): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'exception'>();
  if (scopes.some(({ kind }) => kind === 'all')) return eb.lit(true);
  const teams = scopes.flatMap((scope) => (scope.kind === 'team' ? [scope.team] : []));
  return eb.or([
    eb('exception.requester', '=', account),
    ...(teams.length > 0 ? [eb('exception.team_id', 'in', teams)] : []),
    eb.exists(
      eb
        .selectFrom('finding')
        .innerJoin('asset', 'asset.id', 'finding.asset_id')
        .select('finding.id')
        .where(visibleAssets(scopes))
        .where(eb.or([sql<SqlBool>`finding.id = exception.finding_id`, hiddenBy(sql`exception.id::text`)])),
    ),
  ]);
}

/** By the expressions of the index. */
function hiddenBy(exception: Expression<unknown>): Expression<SqlBool> {
  return sql<SqlBool>`finding.decision ->> 'source' = 'exception' and finding.decision ->> 'statedIn' = ${exception}`;
}

export interface StepOfException {
  readonly state: ExceptionTable['state'];
  readonly expiresAt?: Date;
  readonly approvedAt?: Date;
  readonly remindedDays?: number;
}

export async function updateException(query: Query, id: string, step: StepOfException): Promise<void> {
  await query
    .updateTable('exception')
    .set({
      state: step.state,
      ...(step.expiresAt && { expires_at: step.expiresAt }),
      ...(step.approvedAt && { approved_at: step.approvedAt }),
      ...(step.remindedDays !== undefined && { reminded_days: step.remindedDays }),
    })
    .where('id', '=', id)
    .execute();
}

export interface ExceptionActor {
  readonly account: string | undefined;
  readonly name: string;
}

export async function addApproval(
  query: Query,
  id: string,
  { account, name }: ExceptionActor,
  at: Date,
): Promise<void> {
  if (account === undefined) return;
  await query.insertInto('exception_approval').values({ exception_id: id, account_id: account, name, at }).execute();
}

export async function addExceptionEvent(
  query: Query,
  id: string,
  { account, name }: ExceptionActor,
  event: { readonly kind: string; readonly details: object; readonly at: Date },
): Promise<void> {
  await query
    .insertInto('exception_event')
    .values({
      exception_id: id,
      actor: account ?? null,
      actor_name: name,
      kind: event.kind,
      details: JSON.stringify(event.details),
      at: event.at,
    })
    .execute();
}

export async function exceptionEvents(query: Query, id: string) {
  return query
    .selectFrom('exception_event')
    .select(['at', 'actor', 'actor_name', 'kind', 'details'])
    .where('exception_id', '=', id)
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
}

/** How many findings of which teams and severities are within a scope and could be hidden: those that are open. */
export async function previewScope(query: Query, scope: ExceptionScope, scopes: readonly Scope[]) {
  return query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team as owner', 'owner.id', 'asset.team_id')
    .select(['owner.name as team', 'finding.severity'])
    .select(({ fn }) => fn.countAll<number>().as('findings'))
    .where(visibleAssets(scopes))
    .where(within(scope))
    .where('finding.state', 'in', ['open', 'in-progress'])
    .groupBy(['owner.name', 'finding.severity'])
    .execute();
}

/** Open findings that an exception is for, at most so many. */
export async function findingsWithin(query: Query, scope: ExceptionScope, worst: Severity, limit: number) {
  return query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select('finding.id')
    .where(within(scope))
    .where('finding.severity', 'in', notWorseThan(worst))
    .where('finding.state', 'in', ['open', 'in-progress'])
    .orderBy('finding.id')
    .limit(limit)
    .execute();
}

/** Findings that an exception hides, in a stable order, at most so many. */
export async function findingsHiddenBy(query: Query, exception: string, scopes: readonly Scope[], limit: number) {
  return query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select(['finding.id', 'finding.kind', 'finding.rule', 'finding.subject', 'finding.severity'])
    .select(['asset.kind as asset_kind', 'asset.name as asset_name'])
    .where(visibleAssets(scopes))
    .where(hiddenBy(sql`${exception}::text`))
    .where('finding.state', 'in', ['accepted', 'false-positive', 'not-affected'])
    .orderBy('finding.id')
    .limit(limit)
    .execute();
}

function within(scope: ExceptionScope): Expression<SqlBool> {
  const eb = expressionBuilder<Tables, 'finding' | 'asset'>();
  const { finding, kind, rule, package: name, assets, team } = scope;
  return eb.and([
    ...(finding === undefined ? [] : [eb('finding.id', '=', finding)]),
    ...(kind === undefined ? [] : [eb('finding.kind', '=', kind)]),
    ...(rule === undefined ? [] : [like(sql`finding.rule`, rule)]),
    ...(name === undefined ? [] : [inPackage(name)]),
    ...(assets === undefined ? [] : [eb('asset.kind', '=', assets.kind), like(sql`asset.name`, assets.name)]),
    ...(team === undefined ? [] : [eb('asset.team_id', '=', team)]),
  ]);
}

function inPackage(pattern: string): Expression<SqlBool> {
  if (pattern.startsWith('pkg:')) return like(sql`finding.subject`, pattern);
  const encoded = pattern.replaceAll(/[^*?]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  return like(sql`finding.package_name`, encoded);
}

/** What has no wildcards is looked up in the index. */
function like(column: Expression<unknown>, pattern: string): Expression<SqlBool> {
  return /[*?]/.test(pattern)
    ? sql<SqlBool>`${column} ~ ${expressionOf(pattern)}`
    : sql<SqlBool>`${column} = ${pattern}`;
}

/** As globs of files of exceptions are: `*` and `?` stay within a part of a path, `**` does not. */
function expressionOf(pattern: string): string {
  const parts = pattern.split(/(\*+\/?|\?)/);
  const expressions = parts.map((part, index) => {
    if (part === '?') return '[^/]';
    if (!part.startsWith('*')) return part.replaceAll(/[.+^$()|[\]{}\\]/g, '\\$&');
    const slash = part.endsWith('/') ? '/' : '';
    if (!part.startsWith('**')) return `[^/]*${slash}`;
    const before = parts[index - 1] ?? '';
    const beginsPart = before === '' || before.endsWith('/');
    return slash && beginsPart ? '(.*/)?' : `.*${slash}`;
  });
  return `^(${expressions.join('')})$`;
}

export async function currentExceptionPolicy(query: Query): Promise<ExceptionPolicy> {
  return (await exceptionPolicyVersion(query)).policy;
}

export async function exceptionPolicyVersion(query: Query): Promise<{ version: number; policy: ExceptionPolicy }> {
  const newest = await query
    .selectFrom('exception_policy')
    .select(['version', 'policy'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest
    ? { version: newest.version, policy: exceptionPolicy.parse(newest.policy) }
    : { version: 0, policy: defaultExceptionPolicy };
}

/** The next version; of two at once one fails. */
export async function setExceptionPolicy(
  query: Query,
  policy: ExceptionPolicy,
  account: string,
  at: Date,
): Promise<void> {
  const { version } = await exceptionPolicyVersion(query);
  await query
    .insertInto('exception_policy')
    .values({ version: version + 1, policy: JSON.stringify(policy), created_at: at, account })
    .execute();
}

/** Those that a job has to look at: approved or requested and near their end, or over. Locked; other workers pass over them. */
export async function exceptionsNearEnd(
  query: Query,
  before: Date,
  limit: number,
  after: string,
): Promise<ExceptionRow[]> {
  const rows = await query
    .selectFrom('exception')
    .selectAll()
    .where('state', 'in', ['approved', 'requested'])
    .where('expires_at', '<', before)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return Promise.all(rows.map(async (row) => ({ ...row, approvals: await approvalsOf(query, row.id) })));
}

export async function approvedExceptions(query: Query, now: Date) {
  return query
    .selectFrom('exception')
    .selectAll()
    .where('state', '=', 'approved')
    .where('expires_at', '>', now)
    .orderBy('id')
    .execute();
}
