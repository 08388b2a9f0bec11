import { changeByReport, changeByScans, dueDate, groupFindings, type Submission } from '#findings/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Principal, Scope } from '#identity/index.ts';
import type { Query } from '../index.ts';
import { recordTags, refreshCurrent, type StoredArtifact, storeArtifact } from './artifacts.ts';
import { isVisibleAsset, type LockedAsset, lockAsset } from './assets.ts';
import { recordAudit } from './audit.ts';
import { FindingBook } from './finding-book.ts';
import { resolveRules } from './findings-aliases.ts';
import {
  findingsToSettle,
  markGone,
  storeFindings,
  storeOccurrences,
  type TellingReport,
  type ToldFinding,
} from './findings-ingest.ts';
import { settleOwner } from './ownership.ts';
import { packageIdentity, replacePackages, storePackages } from './packages.ts';
import { currentSla } from './sla.ts';

/** How a report came here. */
export interface Delivery {
  /** SHA-256 of what was uploaded, in hexadecimal: the same once more is done already. */
  readonly content: string;
  /** Undefined: Plimsoll itself. */
  readonly principal: Pick<Principal, 'account' | 'name'> | undefined;
  /** Where the principal may upload. */
  readonly scopes: readonly Scope[];
  readonly idempotencyKey?: string;
  readonly receivedAt: Date;
}

export interface AcceptedReport {
  readonly report: string;
  readonly asset: string;
  /** It was here before: nothing has changed. */
  readonly isRepeated: boolean;
  readonly packages: number;
  readonly findings: number;
}

export type RefusedReport = 'out-of-scope' | 'key-used';

/**
 * Takes in what a tool says of an artifact: all of it or, when it is refused or the process dies, nothing. Any number at once and in any
 * order lead to the same findings. To be called in a transaction that is rolled back when it is refused.
 */
export async function acceptReport(
  query: Query,
  submission: Submission,
  delivery: Delivery,
): Promise<Result<AcceptedReport, RefusedReport>> {
  const asset = await lockAsset(query, submission.asset, submission.createdAt);
  if (!asset.isNew && !(await isVisibleAsset(query, delivery.scopes, asset.id))) return err('out-of-scope');
  const before = await earlier(query, asset.id, delivery);
  if (before !== undefined) return before;
  const artifact = await storeArtifact(query, asset.id, submission.artifact, submission.createdAt);
  await settleOwner(query, asset, artifact.isNewest ? submission.artifact.labels : undefined);
  // Whom it belongs to may be what lets somebody upload it.
  if (asset.isNew && !(await isVisibleAsset(query, delivery.scopes, asset.id))) return err('out-of-scope');
  await recordTags(query, asset.id, artifact.id, submission.artifact, submission.createdAt);
  await refreshCurrent(query, asset.id);
  const packageIds = await storeInventory(query, artifact, submission, delivery.content);
  const report = await storeReport(query, asset.id, artifact.id, submission, delivery);
  await takeInFindings(query, { asset, artifact: artifact.id, submission, delivery, packageIds });
  await recordAudit(query, {
    principal: delivery.principal,
    action: 'report.upload',
    subject: `asset ${asset.id}`,
    details: { report: report.report, tool: submission.tool.name, digest: submission.artifact.digest },
    at: delivery.receivedAt,
  });
  return ok(report);
}

/** The answer of the first time, when it was here before. */
async function earlier(
  query: Query,
  asset: string,
  { content, principal, idempotencyKey }: Delivery,
): Promise<Result<AcceptedReport, RefusedReport> | undefined> {
  const bytes = Buffer.from(content, 'hex');
  const found = await query
    .selectFrom('report')
    .select(['id', 'asset_id', 'content', 'packages', 'findings'])
    .where(({ and, eb, or }) =>
      or([
        and([eb('asset_id', '=', asset), eb('content', '=', bytes)]),
        ...(idempotencyKey === undefined || principal === undefined
          ? []
          : [and([eb('account', '=', principal.account), eb('idempotency_key', '=', idempotencyKey)])]),
      ]),
    )
    .execute();
  const same = found.find((row) => row.asset_id === asset && row.content.equals(bytes));
  if (same === undefined) return found.length === 0 ? undefined : err('key-used');
  const { id, packages, findings } = same;
  return ok({ report: id, asset, isRepeated: true, packages, findings });
}

async function storeInventory(
  query: Query,
  artifact: StoredArtifact,
  { packages, findings, createdAt, isComplete }: Submission,
  content: string,
): Promise<ReadonlyMap<string, number>> {
  const named = findings.flatMap(({ occurrences }) => occurrences.flatMap((one) => one.package ?? []));
  const ids = await storePackages(query, [...(packages ?? []), ...named]);
  if (packages === undefined || !isBetter(artifact, { isComplete, createdAt, content })) return ids;
  const installed = packages.flatMap((one) => {
    const id = ids.get(packageIdentity(one));
    return id === undefined ? [] : [{ id, layer: one.layer, path: one.path ?? '' }];
  });
  await replacePackages(query, artifact.id, installed);
  await query
    .updateTable('artifact')
    .set({ inventory_at: createdAt, inventory_complete: isComplete, inventory_by: content, matched_at: null })
    .where('id', '=', artifact.id)
    .execute();
  return ids;
}

/** A complete list is better than one with holes, and of two such the newer one. */
function isBetter(
  { inventoryAt, inventoryComplete, inventoryBy }: StoredArtifact,
  given: { readonly isComplete: boolean; readonly createdAt: Date; readonly content: string },
): boolean {
  if (inventoryAt === null || inventoryBy === null) return true;
  if (given.isComplete !== inventoryComplete) return given.isComplete;
  const later = given.createdAt.getTime() - inventoryAt.getTime();
  return later === 0 ? given.content > inventoryBy : later > 0;
}

async function storeReport(
  query: Query,
  asset: string,
  artifact: number,
  { tool, scanners, isComplete, createdAt, packages = [], findings }: Submission,
  { content, principal, idempotencyKey, receivedAt }: Delivery,
): Promise<AcceptedReport> {
  const { id } = await query
    .insertInto('report')
    .values({
      asset_id: asset,
      artifact_id: artifact,
      tool: tool.name,
      tool_version: tool.version,
      scanners,
      complete: isComplete,
      created_at: createdAt,
      received_at: receivedAt,
      content: Buffer.from(content, 'hex'),
      account: principal?.account ?? null,
      idempotency_key: idempotencyKey ?? null,
      packages: packages.length,
      findings: findings.length,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { report: id, asset, isRepeated: false, packages: packages.length, findings: findings.length };
}

/** When the newest report about an asset was received. */
export async function lastReportAt(query: Query, asset: Submission['asset']): Promise<Date | undefined> {
  const found = await query
    .selectFrom('report')
    .innerJoin('asset', 'asset.id', 'report.asset_id')
    .select('report.received_at as at')
    .where('asset.kind', '=', asset.kind)
    .where('asset.name', '=', asset.name)
    .orderBy('report.received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.at;
}

interface Intake {
  readonly asset: LockedAsset;
  readonly artifact: number;
  readonly submission: Submission;
  readonly delivery: Delivery;
  readonly packageIds: ReadonlyMap<string, number>;
}

async function takeInFindings(query: Query, intake: Intake): Promise<void> {
  const { asset, artifact, submission, delivery, packageIds } = intake;
  const { tool, createdAt } = submission;
  const { policy } = await currentSla(query);
  const telling: TellingReport = {
    ...{ asset: asset.id, artifact, tool: tool.name, content: delivery.content, createdAt },
    // With the row, as most are new: to write it twice would cost as much again.
    dueAt: ({ severity, isExploited }) =>
      dueDate(policy, { severity, isExploited, exposure: asset.exposure }, createdAt),
  };
  const ruleOf = await resolveRules(query, asset.id, submission.findings);
  const told = await storeFindings(query, groupFindings(submission.findings, ruleOf), telling);
  await storeOccurrences(query, told, telling, packageIds);
  await markGone(query, telling);
  await settle(query, told, intake);
}

/** Brings every finding of the asset to where scans and decisions say. */
async function settle(query: Query, told: readonly ToldFinding[], intake: Intake): Promise<void> {
  const { asset, submission, delivery } = intake;
  const { policy } = await currentSla(query);
  const book = new FindingBook(delivery.receivedAt);
  const { digests, findings } = await findingsToSettle(query, asset.id);
  const settling = findings.map((row) => {
    const evidence = { isProvenGone: row.isProvenGone, provenBy: digests };
    return { row, evidence: row.presentIn === null ? evidence : { ...evidence, presentIn: row.presentIn } };
  });
  for (const row of told.filter(({ isNew }) => isNew)) {
    book.setDue(row, policy, asset.exposure, 'policy', true);
    const { digest } = submission.artifact;
    const { tool } = submission;
    book.note(row, 'opened', { digest, tool: tool.name, severity: row.severity });
  }
  for (const { row, evidence } of settling) {
    const change = changeByScans(book.standing(row), evidence);
    if (change?.kind === 'return') book.apply(row, change);
  }
  for (const row of told.filter(({ isNewest }) => isNewest))
    book.apply(row, changeByReport(book.standing(row), row.group.decision, delivery.receivedAt));
  for (const { row, evidence } of settling) {
    const change = changeByScans(book.standing(row), evidence);
    if (change?.kind === 'fix') book.apply(row, change, submission.createdAt);
  }
  for (const row of told) book.setDue(row, policy, asset.exposure, 'severity or what is known of attacks has changed');
  await book.write(query);
}
