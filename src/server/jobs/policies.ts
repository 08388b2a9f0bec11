import { applyOwnership, applySla, assetsAfter, currentSla, reopenExpired } from '#storage/index.ts';
import type { JobHandler } from './runner.ts';

const AT_ONCE = 100;

/** Gives open findings the dates of the newest policy, an asset a transaction. */
export const applySlaPolicy: JobHandler = async (_, { query, now }, signal) => {
  for (let after: string | undefined; ; ) {
    const assets = await assetsAfter(query, after, AT_ONCE);
    for (const asset of assets) {
      signal.throwIfAborted();
      const policy = await currentSla(query);
      await query.transaction().execute((transaction) => applySla(transaction, asset, policy, now()));
    }
    after = assets.at(-1);
    if (assets.length < AT_ONCE) return;
  }
};

export const applyOwnershipRules: JobHandler = (_, { query }) => applyOwnership(query);

/** Opens findings whose decision has ended. */
export const expireDecisions: JobHandler = async (_, { query, now }) => {
  for (let count = 1; count > 0; )
    count = await query.transaction().execute((transaction) => reopenExpired(transaction, now()));
};
