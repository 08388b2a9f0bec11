import { parseXml } from '#foundation/documents/index.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { tarFiles } from '../../documents/tar-files.ts';
import { parseGlsa } from './glsa.ts';

const LIMITS = { maxBytes: 1024 ** 3, maxFileBytes: 4 * 1024 * 1024 };
const NAME = /(?:^|\/)glsa-\d{6}-\d{2,3}\.xml$/;

/** Reads the archive of the repository: a file for each advisory. */
export async function* parseGlsaArchive(
  document: AdvisoryDocument,
  _feed: Feed,
): AsyncGenerator<readonly FeedRecord[]> {
  const tally = new RecordTally();
  let read = 0;
  try {
    for await (const files of tarFiles(document, (path) => NAME.test(path), LIMITS)) {
      const records: FeedRecord[] = [];
      for (const { path, bytes } of files) {
        const xml = parseXml({ size: bytes.length, bytes: () => bytes, text: () => bytes.toString('utf8') });
        const advisory = xml.ok ? parseGlsa(xml.value) : undefined;
        if (advisory === undefined) {
          tally.add('glsa-unreadable', 'incomplete', 'advisories could not be read and were left out', path);
          continue;
        }
        read += 1;
        records.push({ kind: 'advisory', advisory });
      }
      yield records;
    }
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  yield read === 0 ? [failure(document, 'holds no readable advisory')] : tally.records();
}
