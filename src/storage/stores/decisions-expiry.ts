import { sql } from 'kysely';
import type { Query } from '../index.ts';
import { FindingBook } from './finding-book.ts';
import { standingColumns } from './finding-changes.ts';
import { currentSla } from './sla.ts';

const AT_ONCE = 500;

/** Opens findings again whose decision has ended, some at a time. Returns how many; 0 when there are none left. */
export async function reopenExpired(query: Query, now: Date): Promise<number> {
  const rows = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select([...standingColumns.map((column) => `finding.${column}` as const), 'severity', 'exploited', 'exposure'])
    .where('decision_until', '<=', now)
    // Exceptions of the server end by themselves, and may have been renewed.
    .where(sql<boolean>`decision ->> 'source' <> 'exception'`)
    .orderBy('finding.id')
    .limit(AT_ONCE)
    .forUpdate('finding')
    .skipLocked()
    .execute();
  const { policy } = await currentSla(query);
  const book = new FindingBook(now);
  for (const row of rows) {
    const exception = row.decision?.statedIn;
    const cause = { kind: 'exception-expired' as const, ...(exception !== undefined && { exception }) };
    book.apply(row, { kind: 'reopen', cause });
    book.setDue(row, policy, row.exposure, 'opened again');
  }
  await book.write(query);
  return book.changed;
}
