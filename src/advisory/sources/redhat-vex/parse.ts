import type { Feed, FeedRecord } from '../../advisory-source.ts';
import type { AdvisoryDocument } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { parseJson } from '../../documents/json-values.ts';
import { tarFiles } from '../../documents/tar-files.ts';
import { parseVexDocument } from './vex-document.ts';

/** The archive unpacks to some 50 GB; the largest documents, of vulnerabilities in everything, are 60 MB. */
const LIMITS = { maxBytes: 512 * 1024 ** 3, maxFileBytes: 256 * 1024 * 1024 };

/** Reads the archive of `<year>/cve-<year>-<number>.json`, a CSAF document each. */
export async function* parseRedHatVex(document: AdvisoryDocument, _feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  const tally = new RecordTally();
  let read = 0;
  let latest = '';
  try {
    for await (const files of tarFiles(document, (path) => /(?:^|\/)cve-[\d-]+\.json$/i.test(path), LIMITS)) {
      const records: FeedRecord[] = [];
      for (const { path, bytes } of files) {
        const vex = parseVexDocument(parseJson(bytes.toString('utf8')));
        if (vex === undefined) {
          tally.add('vex-unreadable', 'incomplete', 'documents could not be read and were left out', path);
          continue;
        }
        read += 1;
        const { advisory, modified = '' } = vex;
        if (modified > latest && modified <= (document.modified ?? '9')) latest = modified;
        if (advisory !== undefined) records.push({ kind: 'advisory', advisory });
      }
      yield records;
    }
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  if (read === 0) yield [failure(document, 'holds no readable document')];
  else yield [...(latest === '' ? [] : [{ kind: 'as-of', date: latest } as const]), ...tally.records()];
}
