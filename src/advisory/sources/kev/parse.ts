import type { Enrichment } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asDate, asId, asObject, asObjects, asText, type JsonObject } from '../../documents/json-values.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 500_000;

/** Reads `{ dateReleased, vulnerabilities: [{ cveID, dateAdded, dueDate, knownRansomwareCampaignUse }] }`. */
export async function* parseKev(document: AdvisoryDocument, _feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  let catalog: JsonObject | undefined;
  try {
    catalog = asObject(JSON.parse((await readWhole(document, MAX_BYTES)).toString('utf8')));
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  const entries = asObjects(catalog?.['vulnerabilities'], MAX_ENTRIES);
  if (entries.length === 0) {
    yield [failure(document, 'not the catalog (no list of vulnerabilities)')];
    return;
  }
  const tally = new RecordTally();
  yield entries.flatMap((entry): FeedRecord[] => {
    const id = asId(entry['cveID']);
    const kev = parseEntry(entry);
    if (id !== undefined && kev !== undefined) return [{ kind: 'enrichment', id, enrichment: { kev } }];
    tally.add(
      'kev-entry-unreadable',
      'degraded',
      'entries could not be read and were left out',
      asText(entry['cveID']),
    );
    return [];
  });
  const released = asDate(catalog?.['dateReleased']) ?? document.modified;
  yield [...(released === undefined ? [] : [{ kind: 'as-of', date: released } as const]), ...tally.records()];
}

function parseEntry(entry: JsonObject): Enrichment['kev'] {
  const dateAdded = asDate(entry['dateAdded']);
  const dueDate = asDate(entry['dueDate']);
  if (dateAdded === undefined) return undefined;
  const ransomware = entry['knownRansomwareCampaignUse'] === 'Known';
  return dueDate === undefined ? { dateAdded, ransomware } : { dateAdded, dueDate, ransomware };
}
