import { z } from 'zod';
import { applySla, currentSla, refreshAsset } from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { rankAsset } from './rank.ts';

const payload = z.object({ assets: z.array(z.uuid()) });

/** Says anew which artifacts of assets count, and what is fixed by that. */
export const refreshAssets: JobHandler = async (given, { query, now }, signal) => {
  for (const asset of payload.parse(given).assets) {
    signal.throwIfAborted();
    await query.transaction().execute((transaction) => refreshAsset(transaction, asset, now()));
  }
};

/** Gives the findings of assets the dates and ranks that go with their exposure. */
export const followExposure: JobHandler = async (given, { query, now }, signal) => {
  for (const asset of payload.parse(given).assets) {
    signal.throwIfAborted();
    await query.transaction().execute(async (transaction) => {
      await applySla(transaction, asset, await currentSla(transaction), now());
      await rankAsset(transaction, asset);
    });
  }
};
