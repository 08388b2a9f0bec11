import { err, ok, type Result } from '#foundation/index.ts';
import { isSeverity } from '#model/index.ts';
import type {
  Advisory,
  AffectedPackage,
  AffectedRange,
  AffectedStatus,
  Enrichment,
  Score,
  Ssvc,
  VulnerablePart,
} from '../advisory.ts';
import { asObject, asText, asTexts, type JsonObject } from '../documents/json-values.ts';
import { asciiJson } from './shard-format.ts';

/**
 * How records and statements stand in a shard: JSON with short names and positions, empty parts left out. Decoding checks
 * every shape again, for a database file may have been brought from elsewhere.
 */
const SCORE_TYPES = ['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'publisher'] as const;
const SUBJECTS = ['source', 'package'] as const;
const STATUSES: readonly AffectedStatus[] = [
  'fixed',
  'affected',
  'will-not-fix',
  'deferred',
  'not-affected',
  'under-investigation',
  'end-of-life',
  'unknown',
];
const MANY = 1_000_000;

type AdvisoryHead = Omit<Advisory, 'affected'>;

export function encodeAdvisory(advisory: AdvisoryHead): string {
  const { id, aliases, bundles, summary, severity, scores, published, modified, withdrawn, references } = advisory;
  return asciiJson({
    id,
    a: filled(aliases),
    b: filled(bundles),
    t: summary,
    v: severity,
    s: filled(encodeScores(scores)),
    p: published,
    m: modified,
    w: withdrawn,
    r: filled(references),
  });
}

function encodeScores(scores: readonly Score[]): readonly (readonly [number, string])[] {
  return scores.map((score) => [SCORE_TYPES.indexOf(score.type), score.value]);
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export function decodeAdvisory(text: string, source: string): Result<AdvisoryHead> {
  const record = parseObject(text);
  const id = asText(record?.['id']);
  if (record === undefined || id === undefined) return err('an advisory cannot be read');
  const severity = asText(record['v']);
  return ok({
    id,
    source,
    aliases: asTexts(record['a'], MANY),
    bundles: asTexts(record['b'], MANY),
    ...optional('summary', record['t']),
    ...(severity !== undefined && isSeverity(severity) ? { severity } : {}),
    scores: decodeScores(record['s']),
    ...optional('published', record['p']),
    ...optional('modified', record['m']),
    ...optional('withdrawn', record['w']),
    references: asTexts(record['r'], MANY),
  });
}

function decodeScores(value: unknown): Score[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): Score[] => {
    if (!Array.isArray(item)) return [];
    const type = SCORE_TYPES[Number(item[0])];
    const text = asText(item[1]);
    return type === undefined || text === undefined ? [] : [{ type, value: text }];
  });
}

/** Ecosystem and name are the key; `ordinal` names the advisory. */
export function encodeStatement(ordinal: number, affected: AffectedPackage): string {
  const { scheme, subject, status, ranges, versions, module, architectures, commits, parts, note } = affected;
  const more = module ?? architectures ?? commits ?? parts ?? note;
  return asciiJson([
    ordinal,
    scheme,
    SUBJECTS.indexOf(subject),
    STATUSES.indexOf(status),
    ranges.map(encodeRange),
    ...(versions.length > 0 || more !== undefined ? [versions] : []),
    ...(more === undefined
      ? []
      : [{ m: module, a: architectures, c: commits?.map(encodeRange), p: encodeParts(affected), n: note }]),
  ]);
}

/** `[introduced, fixed, lastAffected, limit]`, 0 for absent, trailing ones left out. */
function encodeRange({ introduced, fixed, lastAffected, limit }: AffectedRange): readonly (string | 0)[] {
  const parts = [introduced, fixed, lastAffected, limit].map((part) => part ?? 0);
  return parts.slice(0, parts.findLastIndex((part) => part !== 0) + 1);
}

/**
 * `[path, symbols, systems, architectures]`, the path without the package's name where it starts with that, and the symbols in
 * one text: the names are most of what the Go database says.
 */
function encodeParts({ parts, name }: AffectedPackage): readonly unknown[] | undefined {
  return parts?.map(({ path, symbols, systems, architectures }) => {
    const inside = path === name || path.startsWith(`${name}/`);
    const fields = [inside ? [path.slice(name.length)] : path, symbols.join(' '), systems ?? 0, architectures ?? 0];
    return fields.slice(0, fields.findLastIndex((field) => field !== 0) + 1);
  });
}

export interface Statement {
  readonly ordinal: number;
  readonly affected: AffectedPackage;
}

export function decodeStatements(text: string, ecosystem: string, name: string): Result<readonly Statement[]> {
  const list = parseValue(text);
  if (!Array.isArray(list)) return err('statements cannot be read');
  const statements: Statement[] = [];
  for (const item of list) {
    const statement = decodeStatement(item, ecosystem, name);
    if (statement === undefined) return err('a statement cannot be read');
    statements.push(statement);
  }
  return ok(statements);
}

function decodeStatement(item: unknown, ecosystem: string, name: string): Statement | undefined {
  if (!Array.isArray(item)) return undefined;
  const [ordinal, scheme, subjectIndex, statusIndex, rangeList, versionList, more]: unknown[] = item;
  const subject = SUBJECTS[Number(subjectIndex)];
  const status = STATUSES[Number(statusIndex)];
  const ranges = decodeRanges(rangeList);
  if (typeof ordinal !== 'number' || typeof scheme !== 'string') return undefined;
  if (subject === undefined || status === undefined || ranges === undefined) return undefined;
  const versions = versionList === undefined ? NONE : asTexts(versionList, MANY);
  const affected = { ecosystem, name, subject, scheme, status, ranges, versions };
  return {
    ordinal,
    affected: more === undefined ? affected : { ...affected, ...decodeExtras(asObject(more) ?? {}, name) },
  };
}

/** Shared by the many statements without: a kernel has ten thousand. */
const NONE: readonly string[] = [];

function decodeRanges(value: unknown): AffectedRange[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const ranges: AffectedRange[] = [];
  for (const parts of value) {
    if (!Array.isArray(parts)) return undefined;
    ranges.push(decodeRange(parts));
  }
  return ranges;
}

function decodeRange([introduced, fixed, lastAffected, limit]: readonly unknown[]): AffectedRange {
  const range: { introduced?: string; fixed?: string; lastAffected?: string; limit?: string } = {};
  if (typeof introduced === 'string') range.introduced = introduced;
  if (typeof fixed === 'string') range.fixed = fixed;
  if (typeof lastAffected === 'string') range.lastAffected = lastAffected;
  if (typeof limit === 'string') range.limit = limit;
  return range;
}

function decodeExtras(
  more: JsonObject,
  name: string,
): Pick<AffectedPackage, 'module' | 'architectures' | 'commits' | 'parts' | 'note'> {
  const architectures = asTexts(more['a'], MANY);
  const commits = decodeRanges(more['c']) ?? [];
  const parts = decodeParts(more['p'], name);
  return {
    ...optional('module', more['m']),
    ...(architectures.length === 0 ? {} : { architectures }),
    ...(commits.length === 0 ? {} : { commits }),
    ...(parts.length === 0 ? {} : { parts }),
    ...optional('note', more['n']),
  };
}

/** All or none: with one of them lost, the rest would clear what it should not. */
function decodeParts(value: unknown, name: string): readonly VulnerablePart[] {
  if (!Array.isArray(value)) return [];
  const parts = value.flatMap((item: unknown) => decodePart(item, name));
  return parts.length === value.length ? parts : [];
}

function decodePart(item: unknown, name: string): VulnerablePart[] {
  if (!Array.isArray(item)) return [];
  const [place, symbolText, systemList, architectureList]: unknown[] = item;
  const inside = Array.isArray(place) ? asTexts(place, 1)[0] : undefined;
  const path = inside === undefined ? asText(place) : `${name}${inside}`;
  if (path === undefined || typeof symbolText !== 'string') return [];
  const systems = asTexts(systemList, MANY);
  const architectures = asTexts(architectureList, MANY);
  return [
    {
      path,
      symbols: symbolText === '' ? [] : symbolText.split(' '),
      ...(systems.length === 0 ? {} : { systems }),
      ...(architectures.length === 0 ? {} : { architectures }),
    },
  ];
}

function optional<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  const holder: { [P in K]?: string } = {};
  const text = asText(value);
  if (text !== undefined) holder[key] = text;
  return holder;
}

export function encodeEnrichment({ epss, kev, ssvc, cvss }: Enrichment): string {
  if (epss) return `[${epss.probability},${epss.percentile}]`;
  if (kev) return asciiJson([kev.dateAdded, kev.dueDate ?? 0, kev.ransomware ? 1 : 0]);
  const { exploitation, automatable, technicalImpact, date } = ssvc ?? {};
  const answers = [exploitation ?? 0, automatable ?? 0, technicalImpact ?? 0, date ?? 0];
  return asciiJson([...answers, ...(cvss ? [encodeScores(cvss)] : [])]);
}

/** `date` is that of the whole shard: all its scores are of one day. */
export function decodeEnrichment(text: string, source: string, date: string): Enrichment {
  const list = parseValue(text);
  const [value]: unknown[] = Array.isArray(list) ? list : [];
  if (!Array.isArray(value)) return {};
  return DECODERS.get(source)?.(value, date) ?? {};
}

type EnrichmentDecoder = (fields: readonly unknown[], date: string) => Enrichment;

const DECODERS: ReadonlyMap<string, EnrichmentDecoder> = new Map<string, EnrichmentDecoder>([
  [
    'epss',
    ([probability, percentile], date) =>
      typeof probability === 'number' && typeof percentile === 'number'
        ? { epss: { probability, percentile, date } }
        : {},
  ],
  [
    'kev',
    ([dateAdded, dueDate, ransomware]) =>
      typeof dateAdded === 'string'
        ? { kev: { dateAdded, ...optional('dueDate', dueDate), ransomware: ransomware === 1 } }
        : {},
  ],
  [
    'vulnrichment',
    ([exploitation, automatable, technicalImpact, date, scores]) => {
      const ssvc: Ssvc = {
        ...(exploitation === 'none' || exploitation === 'poc' || exploitation === 'active' ? { exploitation } : {}),
        ...(typeof automatable === 'boolean' ? { automatable } : {}),
        ...(technicalImpact === 'partial' || technicalImpact === 'total' ? { technicalImpact } : {}),
        ...optional('date', date),
      };
      const cvss = decodeScores(scores);
      return { ...(Object.keys(ssvc).length > 0 && { ssvc }), ...(cvss.length > 0 && { cvss }) };
    },
  ],
]);

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): JsonObject | undefined {
  return asObject(parseValue(text));
}
