import type { Severity } from '#model/index.ts';
import type { Score } from '../../advisory.ts';
import { asObject, asObjects, asText, type JsonObject } from '../../documents/json-values.ts';
import { severityFromWord } from '../../severity-words.ts';

const MAX_SCORES = 16;

/** How bad a record says that it is. */
export interface Rating {
  readonly severity?: Severity;
  readonly scores: readonly Score[];
}

/**
 * The rating of one entry of `affected`: what stands in it, else what the record says of all. The schema allows `severity` in
 * both places; words and vectors stand in further ones, different for each publisher.
 */
export function ratingOf(id: string, record: JsonObject, part: JsonObject): Rating {
  const severity = wordsOf(id, record, part)
    .map(severityFromWord)
    .find((each) => each !== undefined);
  const scores = scoresOf(record, part);
  return severity === undefined ? { scores } : { severity, scores };
}

function scoresOf(record: JsonObject, part: JsonObject): readonly Score[] {
  const scores = new Map<string, Score>();
  for (const item of [...asObjects(record['severity'], MAX_SCORES), ...asObjects(part['severity'], MAX_SCORES)])
    put(scores, asText(item['type']), asText(item['score']));
  // RustSec writes its vector only here in older records.
  const vector = asText(asObject(part['database_specific'])?.['cvss']);
  put(scores, typeOf(vector), vector);
  return [...scores.values()];
}

function put(scores: Map<string, Score>, type: string | undefined, value: string | undefined): void {
  const score = scoreOf(type, value);
  if (score !== undefined && scores.size < MAX_SCORES) scores.set(`${score.type} ${score.value}`, score);
}

function typeOf(vector: string | undefined): string | undefined {
  if (vector === undefined) return undefined;
  if (vector.startsWith('CVSS:4.')) return 'CVSS_V4';
  return vector.startsWith('CVSS:3.') ? 'CVSS_V3' : 'CVSS_V2';
}

function scoreOf(type: string | undefined, value: string | undefined): Score | undefined {
  if (type === undefined || value === undefined || value.length > 300) return undefined;
  switch (type) {
    case 'CVSS_V2':
      return /^(?:\(?AV:[LAN]\/)/.test(value) ? { type, value } : undefined;
    case 'CVSS_V3':
      return /^CVSS:3\.[01]\//.test(value) ? { type, value } : undefined;
    case 'CVSS_V4':
      return /^CVSS:4\.0\//.test(value) ? { type, value } : undefined;
    default:
      return { type: 'publisher', value: `${type}: ${value}`.slice(0, 100) };
  }
}

/** Every place where publishers put a rating in words, closest to the package first. */
function wordsOf(id: string, record: JsonObject, part: JsonObject): (string | undefined)[] {
  const specific = asObject(part['ecosystem_specific']);
  const database = asObject(part['database_specific']);
  return [
    asText(specific?.['ubuntu_priority']),
    asText(specific?.['severity']),
    asText(database?.['severity']),
    asText(specific?.['urgency']),
    ...asObjects(part['severity'], MAX_SCORES).map((item) => asText(item['score'])),
    asText(asObject(record['database_specific'])?.['severity']),
    ...asObjects(record['severity'], MAX_SCORES).map((item) => asText(item['score'])),
    // Notices of Red Hat's rebuilds: `Important: kernel security update`.
    /^[A-Z]{2}[SBE]A-/.test(id) ? /^([A-Za-z]+):/.exec(asText(record['summary']) ?? '')?.[1] : undefined,
    // A package made to do harm; its publisher gives such records no rating, for there is no degree to it.
    id.startsWith('MAL-') ? 'critical' : undefined,
  ];
}
