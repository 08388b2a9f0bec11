import { asId, asObject, asObjects, asText } from '../../documents/json-values.ts';
import { distinct, type Enriched, scoreOfVector } from './cve-record.ts';
import { readSsvc } from './ssvc.ts';

const MAX_VECTORS = 50;

/** Reads `{ cve, ssvc: { exploitation, automatable, technicalImpact, timestamp }, cvss: [{ source, vector }] }`. */
export function parseExtract(value: unknown): Enriched | undefined {
  const record = asObject(value);
  const id = asId(record?.['cve']);
  if (record === undefined || id === undefined) return undefined;
  const { exploitation, automatable, technicalImpact, timestamp } = asObject(record['ssvc']) ?? {};
  const ssvc = readSsvc({ exploitation, automatable, technicalImpact, timestamp });
  const vectors = asObjects(record['cvss'], MAX_VECTORS).toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const scores = vectors.map((each) => scoreOfVector(asText(each['vector']))).filter((score) => score !== undefined);
  return { id, cvss: distinct(scores), ...(ssvc && { ssvc }) };
}

function isOwn(item: Readonly<Record<string, unknown>>): boolean {
  return item['source'] === 'cisa-adp';
}
