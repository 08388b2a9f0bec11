import { createHash } from 'node:crypto';
import type { Submission, SubmittedArtifact, SubmittedFinding } from '#findings/index.ts';
import { asText, memberOf } from '#foundation/documents/index.ts';
import type { Severity } from '#model/index.ts';
import { findingKey } from '#policy/index.ts';
import { maxLengths } from './bounds.ts';
import { storable, storableDetails } from './text.ts';

/** Words of other tools for what we call by six. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['critical', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['error', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['warning', 'medium'],
  ['low', 'low'],
  ['note', 'low'],
  ['negligible', 'low'],
  ['info', 'info'],
  ['none', 'info'],
]);

export function severityOf(word: unknown): Severity {
  return SEVERITIES.get((asText(word) ?? '').toLowerCase()) ?? 'unknown';
}

export interface ImportedVulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly package: { readonly type: string; readonly name: string; readonly version: string; readonly purl?: string };
  readonly severity: Severity;
  readonly title: string | undefined;
  /** The record or file that names the package. */
  readonly path: string;
  readonly isExploited?: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A vulnerability as another tool tells it, under the same identity as our own. */
export function importedVulnerability(told: ImportedVulnerability): SubmittedFinding {
  const { id, aliases, severity, path, details } = told;
  const { type, name, version, purl } = told.package;
  const owner = { name, version, purl: purl ?? `pkg:${type}/${encodeURIComponent(name.toWellFormed())}` };
  const key = findingKey({ kind: 'vulnerability', id, severity, ...{ package: owner } });
  return {
    kind: 'vulnerability',
    ids: [id, ...aliases.slice(0, 50)].map((one) => storable(one, maxLengths.rule)),
    subject: storable(key.slice('vulnerability'.length + id.length + 2), maxLengths.subject),
    title: storable(told.title ?? `${id} in ${name}`, maxLengths.title),
    severity,
    rank: 0,
    isExploited: told.isExploited === true,
    details: storableDetails(details),
    occurrences: [
      {
        location: storable(path, maxLengths.location),
        package: {
          type: storable(type, 40),
          name: storable(name, maxLengths.packageName),
          version: storable(version, maxLengths.version),
          purl: storable(owner.purl, maxLengths.purl),
        },
        details: {},
      },
    ],
  };
}

export interface ImportedPlace {
  readonly kind: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly path: string;
  readonly line: number | undefined;
  readonly decision?: SubmittedFinding['decision'];
  readonly details: Readonly<Record<string, unknown>>;
}

/** What another tool found at a place in a file. The file is what makes it the same the next time; lines move. */
export function importedPlace({
  kind,
  rule,
  severity,
  title,
  path,
  line,
  decision,
  details,
}: ImportedPlace): SubmittedFinding {
  return {
    kind: storable(kind, maxLengths.kind),
    ids: [storable(rule, maxLengths.rule)],
    subject: storable(path, maxLengths.subject),
    title: storable(title, maxLengths.title),
    severity,
    rank: 0,
    isExploited: false,
    ...(decision && { decision }),
    details: storableDetails(details),
    occurrences: [
      { location: storable(line === undefined ? path : `${path}:${line}`, maxLengths.location), details: {} },
    ],
  };
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Of documents that name no artifact: those of one tool about one asset follow one another. */
export function importArtifact(
  tool: string,
  digest: string | undefined,
  facts: Readonly<Record<string, unknown>>,
): SubmittedArtifact {
  const stream = `import/${storable(tool, 80)}`;
  return {
    digest: digest ?? `sha256:${createHash('sha256').update(stream).digest('hex')}`,
    stream,
    facts: storableDetails(facts),
    tags: [],
    labels: {},
  };
}

/** When the tool says that it looked, or when we were told. */
export function timeOf(value: unknown, receivedAt: Date): Date {
  const text = asText(value);
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? receivedAt : new Date(time);
}

export const needsAsset = 'it does not say what lasting thing it is about: name the asset, e.g. project:shop/checkout';

export function toolOf(name: unknown, version: unknown, otherwise: string): Submission['tool'] {
  const called = (asText(name) ?? '').trim().toLowerCase() || otherwise;
  return { name: storable(called, 80), version: storable(asText(version) ?? '', 40) };
}

export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  let found: unknown = value;
  for (const name of names) found = memberOf(found, name);
  return asText(found);
}
