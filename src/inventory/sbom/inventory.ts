import { asMembers, asText, parseJsonText } from '#foundation/documents/index.ts';
import { mergeProblems, type Problem } from '#foundation/index.ts';
import type { Inventory } from '../inventory.ts';
import { byIdentity } from '../package-order.ts';
import { distributionOf } from './distribution.ts';
import { formatTitle, type SbomDocument } from './document.ts';
import { ownFactsOf } from './own.ts';
import { packagesOf } from './packages.ts';
import { provenanceNotes } from './provenance.ts';
import { type SbomSubject, subjectOf } from './subject.ts';

/** An inventory by somebody's word, with what the document says of itself. */
export interface SbomInventory {
  readonly inventory: Inventory;
  readonly subject: SbomSubject;
  /** The format in words: `CycloneDX 1.6 JSON`. */
  readonly format: string;
  readonly id?: string;
  /** ISO 8601. */
  readonly created?: string;
  readonly tools: readonly string[];
}

export interface SbomFile {
  /** For people: where the document is. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * The inventory that a document describes. From our own documents everything comes back; from those of others as much as package
 * URLs, properties and relations tell. What is no known package is counted and named, never passed over in silence. Pure.
 */
export function inventoryOf(document: SbomDocument, file: SbomFile, now: Date): SbomInventory {
  const told = distributionOf(document, file.path);
  const subject = subjectOf(document.subject, file.path);
  const found = packagesOf(document, { subject, distribution: told.distribution, fallbackPath: nameOf(file.path) });
  return {
    inventory: {
      ...(told.distribution && { distribution: told.distribution }),
      packages: [...found.packages].sort(byIdentity),
      problems: mergeProblems([
        ...provenanceNotes(document, file.path, now),
        ...document.problems,
        ...toldProblems(document),
        ...told.problems,
        ...found.problems,
      ]),
      statistics: {
        layers: subject.layers.length,
        cachedLayers: 0,
        entries: document.components.length,
        bytes: file.size,
      },
    },
    subject,
    format: formatTitle(document),
    ...(document.id !== undefined && { id: document.id }),
    ...(document.created !== undefined && { created: document.created }),
    tools: document.tools,
  };
}

/** What our own scan could not read is missing here as well. What it said about advisories is asked anew. */
function toldProblems({ properties }: SbomDocument): Problem[] {
  const texts = ownFactsOf({ properties }).get('problem') ?? [];
  return texts.slice(0, MAX_TOLD).flatMap(toldProblem);
}

function toldProblem(text: string): Problem[] {
  const read = parseJsonText(text);
  const problem = read.ok ? asMembers(read.value) : undefined;
  const code = asText(problem?.['code']) ?? '';
  const message = asText(problem?.['message']);
  const effect = effects.get(asText(problem?.['effect']) ?? '');
  const subject = asText(problem?.['subject']);
  const isCode = /^[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8}$/.test(code) && !/^(?:advisory|feed)-/.test(code);
  if (!isCode || message === undefined || effect === undefined) return [];
  return [{ code, message: told(message), effect, ...(subject && { subject: subject.slice(0, 1_000) }) }];
}

const MAX_TOLD = 100;
const TOLD = 'When the SBOM was written: ';

function told(message: string): string {
  return message.startsWith(TOLD) ? message.slice(0, MAX_MESSAGE) : TOLD + message.slice(0, MAX_MESSAGE - TOLD.length);
}

const MAX_MESSAGE = 2_000;

const effects = new Map([
  ['incomplete', 'incomplete' as const],
  ['degraded', 'degraded' as const],
  ['note', 'note' as const],
]);

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
