import { crc32 } from 'node:zlib';
import type { Problem } from '#foundation/index.ts';
import type { InputFile, Reading } from '../../cataloger.ts';
import { type PageSum, readPages } from './database.ts';
import type { RpmRecord } from './header.ts';
import { readAt } from './reading.ts';
import { pagesOfLog, parseWriteAheadLog } from './write-ahead-log.ts';

/** What a write-ahead log beside `rpmdb.sqlite` says. */
export type LogFragment = {
  readonly kind: 'log';
  /** Number and checksum of the pages that the log holds newer content of. */
  readonly pages: readonly PageSum[];
  /** Packages, when the log holds the whole database: what lies in the file beside it is out of date then. */
  readonly records?: readonly RpmRecord[];
};

const JOURNAL_MAGIC = 'd9d505f920a163d7';

/** SQLite empties the log when rpm ends; content is left behind by a layer that was taken while rpm ran or after it was killed. */
export function readLog(file: InputFile): Reading<LogFragment> {
  const log = parseWriteAheadLog(file);
  if (!log.ok) return { problems: [logProblem(file.path, log.error)] };
  const { pages, pageSize } = log.value;
  if (pages.size === 0) return { problems: [] };
  const sums = [...pages].map(([number, offset]): PageSum => [number, crc32(file.slice(offset, pageSize))]);
  const whole = pagesOfLog(file, log.value);
  if (whole === undefined) return { fragment: { kind: 'log', pages: sums }, problems: [] };
  const { records, problems } = readPages(whole, file.path);
  return { fragment: { kind: 'log', pages: sums, records }, problems };
}

/**
 * Compares the pages that decide which packages there are. A log that was already carried over to the database changes
 * nothing; one whose database could not be read is the only witness that there is more.
 */
export function pendingProblem(path: string, pages: readonly PageSum[], log: LogFragment): Problem | undefined {
  const newer = new Map(log.pages);
  if (pages.length === 0) return logProblem(path, 'the database that it belongs to could not be read');
  const changed = pages.some(([number, sum]) => newer.has(number) && newer.get(number) !== sum);
  return changed ? logProblem(path, 'it holds changes that the database does not have yet') : undefined;
}

/** A rollback journal that was not finished: the database beside it may hold half a change. */
export function journalProblem(file: InputFile): Problem[] {
  if (readAt(file, 0, 8).toString('hex') !== JOURNAL_MAGIC) return [];
  const message =
    'A change of the rpm database was cut off while it was written; run rpm in the image once to repair it, then scan again.';
  return [{ code: 'rpm-journal-pending', message, effect: 'incomplete', subject: file.path }];
}

function logProblem(path: string, reason: string): Problem {
  const message = `The write-ahead log of the rpm database could not be applied: ${reason}; run rpm in the image once to carry it over, then scan again.`;
  return { code: 'rpm-log-pending', message, effect: 'incomplete', subject: path };
}
