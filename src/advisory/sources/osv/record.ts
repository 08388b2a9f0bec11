import { err, ok, type Result } from '#foundation/index.ts';
import type { Advisory, AffectedPackage } from '../../advisory.ts';
import {
  asDate,
  asId,
  asLine,
  asLinks,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../documents/json-values.ts';
import { ALL, parseAffected } from './affected.ts';
import { bundled, identityOf, isBugfixOnly } from './identity.ts';
import { ratingOf } from './rating.ts';
import type { Remark } from './remark.ts';

export interface RecordRead {
  /** Several where a notice fixes different vulnerabilities in different releases; none where nothing is left to keep. */
  readonly advisories: readonly Advisory[];
  readonly modified?: string;
  readonly remarks: readonly Remark[];
}

/**
 * Reads one record of the OSV schema 1.x (https://ossf.github.io/osv-schema/). Only packages of ecosystem `only` are kept:
 * an export holds every record that names its ecosystem, and the other packages of it are in their own ecosystem's export.
 * A record whose identity cannot be read is an error; a package entry that cannot be used is a remark.
 */
export function parseOsvRecord(value: unknown, only?: string): Result<RecordRead> {
  const record = asObject(value);
  const id = asId(record?.['id']);
  if (record === undefined || id === undefined) return err('no usable id');
  const modified = asDate(record['modified']);
  const common = modified === undefined ? {} : { modified };
  if (asText(record['withdrawn']) !== undefined) return ok({ advisories: [], remarks: ['withdrawn'], ...common });
  const identity = identityOf(id, record);
  if (isBugfixOnly(id, identity)) return ok({ advisories: [], remarks: ['not-a-vulnerability'], ...common });
  const remarks: Remark[] = [];
  const affected = asObjects(record['affected'], ALL).flatMap((part) => {
    const read = parseAffected(part, only, remarks);
    return read === undefined ? [] : [{ part, affected: read }];
  });
  if (affected.length === 0) return ok({ advisories: [], remarks, ...common });
  const head = { ...headOf(id, record), ...identity };
  return ok({ advisories: splitByStatement(head, record, affected), remarks, ...common });
}

type Head = Omit<Advisory, 'affected' | 'severity' | 'scores'>;

function headOf(id: string, record: JsonObject): Head {
  const summary = asLine(record['summary'], 300) ?? asLine(record['details'], 300);
  const published = asDate(record['published']);
  const modified = asDate(record['modified']);
  return {
    id,
    source: 'osv',
    aliases: [],
    bundles: [],
    ...(summary === undefined ? {} : { summary }),
    ...(published === undefined ? {} : { published }),
    ...(modified === undefined ? {} : { modified }),
    references: asLinks(
      asObjects(record['references'], 200).map((reference) => reference['url']),
      12,
    ),
  };
}

interface AffectedPart {
  readonly part: JsonObject;
  readonly affected: AffectedPackage;
}

/**
 * One advisory for all packages of which the record says the same. Ubuntu's notices fix one set of vulnerabilities in each
 * release and say which (`cves_map`), and ratings may be given for each package: kept apart, so that nobody is told of a
 * vulnerability that the release never had, or of a rating that is another package's.
 */
function splitByStatement(head: Head, record: JsonObject, parts: readonly AffectedPart[]): Advisory[] {
  const groups = new Map<string, Advisory & { affected: AffectedPackage[] }>();
  for (const { part, affected } of parts) {
    const mapped = head.bundles.length > 0 ? mappedVulnerabilities(part) : undefined;
    const rating = ratingOf(head.id, record, part);
    const scores = rating.scores.map(({ type, value }) => `${type} ${value}`);
    const key = [rating.severity, ...scores, ...(mapped ?? [])].join('\n');
    const group = groups.get(key);
    if (group) group.affected.push(affected);
    else groups.set(key, { ...head, ...rating, bundles: mapped ?? head.bundles, affected: [affected] });
  }
  return [...groups.values()];
}

function mappedVulnerabilities(part: JsonObject): readonly string[] | undefined {
  const map = asObject(asObject(part['database_specific'])?.['cves_map']);
  const mapped = asObjects(map?.['cves'], 5000).flatMap((cve) => asId(cve['id']) ?? []);
  return mapped.length === 0 ? undefined : bundled(mapped);
}
