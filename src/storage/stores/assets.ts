import { sql } from 'kysely';
import type { Submission } from '#findings/index.ts';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';

export interface LockedAsset {
  readonly id: string;
  readonly kind: Submission['asset']['kind'];
  readonly name: string;
  readonly team_id: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly exposure: 'internet' | 'internal' | 'unknown';
  readonly owned_by: string | null;
  /** It was not there before. */
  readonly isNew: boolean;
}

/** The asset, added when nobody knew it, and locked until the end of the transaction: what is told of one asset goes one after the other. */
export async function lockAsset(query: Query, { kind, name }: Submission['asset'], seenAt: Date): Promise<LockedAsset> {
  const { rows } = await sql<LockedAsset>`
    insert into asset (kind, name, first_seen_at, last_seen_at) values (${kind}, ${name}, ${seenAt}, ${seenAt})
    on conflict (kind, name) do update set
      first_seen_at = least(asset.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(asset.last_seen_at, excluded.last_seen_at)
    returning id, kind, name, team_id, labels, exposure, owned_by, xmax = 0 as "isNew"`.execute(query);
  const [asset] = rows;
  if (asset === undefined) throw new Error('an upsert returns its row');
  return asset;
}

export async function isVisibleAsset(query: Query, scopes: readonly Scope[], asset: string): Promise<boolean> {
  const found = await query
    .selectFrom('asset')
    .select('id')
    .where('id', '=', asset)
    .where(visibleAssets(scopes))
    .executeTakeFirst();
  return found !== undefined;
}

/** Locks it until the end of the transaction. */
export async function lockAssetById(query: Query, id: string): Promise<void> {
  await query.selectFrom('asset').select('id').where('id', '=', id).forUpdate().execute();
}
