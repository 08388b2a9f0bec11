import { type OwnedAsset, type OwnershipRule, resolveOwner } from '#findings/index.ts';
import type { Query } from '../index.ts';
import type { LockedAsset } from './assets.ts';

export interface VersionedOwnershipRules {
  /** 0: there are none yet. */
  readonly version: number;
  readonly rules: readonly OwnershipRule[];
}

export async function currentOwnershipRules(query: Query): Promise<VersionedOwnershipRules> {
  const row = await query
    .selectFrom('ownership_rules')
    .select(['version', 'rules'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { version: 0, rules: [] };
}

/** Notes the labels of the newest artifact and who owns the asset by them. What a person has set stays. */
export async function settleOwner(
  query: Query,
  asset: LockedAsset,
  labels: Readonly<Record<string, string>> = asset.labels,
): Promise<void> {
  const owner = asset.owned_by === 'explicit' ? undefined : await ownerOf(query, { ...asset, labels });
  const team = asset.owned_by === 'explicit' ? asset.team_id : (owner?.id ?? null);
  const by = asset.owned_by === 'explicit' ? asset.owned_by : (owner?.by ?? null);
  const isSame =
    team === asset.team_id && by === asset.owned_by && JSON.stringify(labels) === JSON.stringify(asset.labels);
  if (isSame) return;
  await query
    .updateTable('asset')
    .set({ labels: JSON.stringify(labels), team_id: team, owned_by: by })
    .where('id', '=', asset.id)
    .execute();
}

async function ownerOf(query: Query, asset: OwnedAsset): Promise<ResolvedOwner | undefined> {
  const { rules } = await currentOwnershipRules(query);
  return rules.length === 0 ? undefined : (await resolver(query, rules))(asset);
}

interface ResolvedOwner {
  /** Of the team. */
  readonly id: string;
  readonly by: string;
}

async function resolver(query: Query, rules: readonly OwnershipRule[]) {
  const rows = await query.selectFrom('team').select(['id', 'name']).execute();
  const teams = new Map(rows.map(({ id, name }) => [name, id]));
  const names = new Set(teams.keys());
  return (asset: OwnedAsset): ResolvedOwner | undefined => {
    const owner = resolveOwner(rules, asset, names);
    const id = owner && teams.get(owner.team);
    return owner && id !== undefined ? { id, by: owner.by } : undefined;
  };
}

/** Makes them the rules from now on; undefined when somebody else has changed them since `version`. */
export async function replaceOwnershipRules(
  query: Query,
  { version, rules }: VersionedOwnershipRules,
  account: string,
  at: Date,
): Promise<VersionedOwnershipRules | undefined> {
  if ((await currentOwnershipRules(query)).version !== version) return undefined;
  const next = { version: version + 1, rules };
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('ownership_rules')
    .values({ version: next.version, rules: JSON.stringify(rules), created_at: at, account })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? next : undefined;
}

export interface OwnershipPreview {
  readonly assets: number;
  /** Whose team would be another one, or none. */
  readonly changed: number;
  readonly unownedBefore: number;
  readonly unownedAfter: number;
}

/** What rules would do to the assets that there are. */
export async function previewOwnership(query: Query, rules: readonly OwnershipRule[]): Promise<OwnershipPreview> {
  const resolve = await resolver(query, rules);
  const counts = { assets: 0, changed: 0, unownedBefore: 0, unownedAfter: 0 };
  for await (const asset of allAssets(query)) {
    const after = asset.owned_by === 'explicit' ? asset.team_id : (resolve(asset)?.id ?? null);
    counts.assets++;
    if (after !== asset.team_id) counts.changed++;
    if (asset.team_id === null) counts.unownedBefore++;
    if (after === null) counts.unownedAfter++;
  }
  return counts;
}

/** Gives every asset to whom the rules say. What a person has set stays. */
export async function applyOwnership(query: Query): Promise<void> {
  const { rules } = await currentOwnershipRules(query);
  const resolve = await resolver(query, rules);
  for await (const asset of allAssets(query)) {
    const owner = asset.owned_by === 'explicit' ? undefined : resolve(asset);
    if (asset.owned_by === 'explicit' || (owner?.id === asset.team_id && owner?.by === asset.owned_by)) continue;
    await query
      .updateTable('asset')
      .set({ team_id: owner?.id ?? null, owned_by: owner?.by ?? null })
      .where('id', '=', asset.id)
      .where('owned_by', 'is distinct from', 'explicit')
      .execute();
  }
}

const AT_ONCE = 1000;

async function* allAssets(query: Query) {
  for (let after: string | undefined; ; ) {
    let page = query
      .selectFrom('asset')
      .select(['id', 'kind', 'name', 'labels', 'team_id', 'owned_by'])
      .orderBy('id')
      .limit(AT_ONCE);
    if (after !== undefined) page = page.where('id', '>', after);
    const rows = await page.execute();
    yield* rows;
    after = rows.at(-1)?.id;
    if (rows.length < AT_ONCE) return;
  }
}

/** Gives these assets to whom the rules say, by the labels that they have. What a person has set stays. */
export async function applyOwnershipTo(query: Query, assets: readonly string[]): Promise<void> {
  const { rules } = await currentOwnershipRules(query);
  if (rules.length === 0 || assets.length === 0) return;
  const resolve = await resolver(query, rules);
  const rows = await query
    .selectFrom('asset')
    .select(['id', 'kind', 'name', 'labels', 'team_id', 'owned_by'])
    .where('id', 'in', [...assets])
    .where('owned_by', 'is distinct from', 'explicit')
    .execute();
  for (const row of rows) {
    const owner = resolve(row);
    if ((owner?.id ?? null) === row.team_id && (owner?.by ?? null) === row.owned_by) continue;
    await query
      .updateTable('asset')
      .set({ team_id: owner?.id ?? null, owned_by: owner?.by ?? null })
      .where('id', '=', row.id)
      .execute();
  }
}
