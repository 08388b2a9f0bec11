import { changeByScans } from '#findings/index.ts';
import type { Query } from '../index.ts';
import { FindingBook } from './finding-book.ts';
import { findingsToSettle } from './findings-ingest.ts';
import { currentSla } from './sla.ts';

/** Brings the findings of an asset to where all that is known of its artifacts puts them. The asset is locked by the caller. */
export async function settleAsset(query: Query, asset: string, at: Date): Promise<void> {
  const { digests, findings } = await findingsToSettle(query, asset);
  if (findings.length === 0) return;
  const { policy } = await currentSla(query);
  const { exposure } = await query
    .selectFrom('asset')
    .select('exposure')
    .where('id', '=', asset)
    .executeTakeFirstOrThrow();
  const book = new FindingBook(at);
  for (const row of findings) {
    const { presentIn, isProvenGone } = row;
    const evidence = { isProvenGone, provenBy: digests, ...(presentIn !== null && { presentIn }) };
    book.apply(row, changeByScans(book.standing(row), evidence));
    book.setDue(row, policy, exposure, 'it is there again');
  }
  await book.write(query);
}
