import type { Advisory } from '../../advisory.ts';
import type { Feed, FeedRecord } from '../../advisory-source.ts';
import { type AdvisoryDocument, readWhole } from '../../documents/document.ts';
import { failure, RecordTally } from '../../documents/feed-records.ts';
import { asId, asLine, asLinks, asObject, asText, asTexts, type JsonObject } from '../../documents/json-values.ts';
import { severityFromWord } from '../../severity-words.ts';
import { rangesLeft } from './intervals.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_CVES = 200;

/** Reads `{ "1": { cve: [], vulnerable: "8.x || 7.x", patched: "^8.1.4 || ^7.10.1", severity, ref, overview, affectedEnvironments } }`. */
export async function* parseNodejsCore(document: AdvisoryDocument, _feed: Feed): AsyncGenerator<readonly FeedRecord[]> {
  let index: JsonObject | undefined;
  try {
    index = asObject(JSON.parse((await readWhole(document, MAX_BYTES)).toString('utf8')));
  } catch (cause) {
    yield [failure(document, cause)];
    return;
  }
  const tally = new RecordTally();
  const records = Object.entries(index ?? {}).flatMap(([key, value]): FeedRecord[] => {
    const advisory = parseEntry(key, asObject(value) ?? {}, tally);
    return advisory === undefined ? [] : [{ kind: 'advisory', advisory }];
  });
  if (records.length === 0) yield [failure(document, 'holds no readable entry')];
  else yield [...records, ...tally.records()];
}

function parseEntry(key: string, entry: JsonObject, tally: RecordTally): Advisory | undefined {
  if (concernsOthersOnly(entry)) {
    tally.add('nodejs-other-systems', 'note', 'entries about Windows or macOS alone were left out', key);
    return undefined;
  }
  const id = asId(`NODEJS-CORE-${key}`);
  const vulnerable = asText(entry['vulnerable']);
  const patched = asText(entry['patched']);
  const ranges = vulnerable === undefined || patched === undefined ? undefined : rangesLeft(vulnerable, patched);
  if (id === undefined || ranges === undefined) {
    tally.add('nodejs-entry-unreadable', 'incomplete', 'entries could not be read and were left out', key);
    return undefined;
  }
  const cves = asTexts(entry['cve'], MAX_CVES).filter((cve) => asId(cve) !== undefined);
  const summary = asLine(entry['description'], 300) ?? asLine(entry['overview'], 300);
  const severity = severityFromWord(asText(entry['severity']));
  return {
    id,
    source: 'nodejs-core',
    aliases: cves.length === 1 ? cves : [],
    bundles: cves.length > 1 ? cves : [],
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    references: asLinks([entry['ref']], 1),
    affected: [
      {
        ecosystem: 'nodejs',
        name: 'node',
        subject: 'package',
        scheme: 'npm',
        status: ranges.some(({ fixed }) => fixed !== undefined) ? 'fixed' : 'affected',
        ranges,
        versions: [],
      },
    ],
  };
}

const OTHERS = new Set(['win32', 'darwin']);

function concernsOthersOnly(entry: JsonObject): boolean {
  const systems = asTexts(entry['affectedEnvironments'], 20);
  return systems.length > 0 && systems.every((system) => OTHERS.has(system));
}
