import {
  assetsOfDigests,
  enqueue,
  exposeRepositories,
  type Query,
  refreshAsset,
  repositoriesRunBy,
} from '#storage/index.ts';
import { MATCH_INVENTORY } from '../advisories/apply.ts';

/** Kind of the job that moves dates and ranks of assets whose exposure is another one now. */
export const EXPOSURE_CHANGED = 'assets.exposed';

/** Assets that are settled in the transaction that tells of them; what is more than that is done by a job. */
const AT_ONCE = 200;

export interface EstateChange {
  /** Digests of images of which something started or ended. */
  readonly changed: readonly string[];
  /** Workloads that are reached from elsewhere than before. */
  readonly exposed: readonly string[];
}

/** Brings what hangs on what runs where up to date: which images count, from where they can be reached, what is fixed by that. */
export async function followEstate(query: Query, { changed, exposed }: EstateChange, at: Date): Promise<void> {
  const repositories = await assetsOfDigests(query, changed);
  for (const asset of repositories.slice(0, AT_ONCE)) await refreshAsset(query, asset, at);
  if (repositories.length > AT_ONCE)
    await enqueue(query, { kind: REFRESH_ASSETS, payload: { assets: repositories.slice(AT_ONCE) }, runAt: at });
  const moved = await exposeRepositories(query, [
    ...new Set([...repositories, ...(await repositoriesRunBy(query, exposed))]),
  ]);
  const assets = [...exposed, ...moved];
  if (assets.length > 0) await enqueue(query, { kind: EXPOSURE_CHANGED, payload: { assets }, runAt: at });
  if (repositories.length > 0) await enqueue(query, { kind: MATCH_INVENTORY, payload: {}, runAt: at, key: 'now' });
}

export const REFRESH_ASSETS = 'assets.refresh';
