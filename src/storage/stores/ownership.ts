import { type OwnershipRule, resolveOwner } from '#findings/index.ts';
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

async function ownerOf(
  query: Query,
  asset: Pick<LockedAsset, 'kind' | 'name' | 'labels'>,
): Promise<{ readonly id: string; readonly by: string } | undefined> {
  const { rules } = await currentOwnershipRules(query);
  if (rules.length === 0) return undefined;
  const teams = new Map(
    (await query.selectFrom('team').select(['id', 'name']).execute()).map((one) => [one.name, one.id]),
  );
  const owner = resolveOwner(rules, asset, new Set(teams.keys()));
  const id = owner && teams.get(owner.team);
  return owner && id !== undefined ? { id, by: owner.by } : undefined;
}
