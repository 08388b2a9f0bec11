import { asMembers, asText, parseJsonText } from '#foundation/documents/index.ts';
import { mergeProblems, type Problem } from '#foundation/index.ts';
import {
  type Distribution,
  type InstalledPackage,
  isSystemPackage,
  type LayerOrigin,
  packageFromFacts,
  packageType,
  packageUrl,
} from '#model/index.ts';
import type { Inventory } from '../inventory.ts';
import { byIdentity } from '../package-order.ts';
import { distributionOf } from './distribution.ts';
import { formatTitle, type SbomComponent, type SbomDocument } from './document.ts';
import { foreignPackage } from './foreign-package.ts';
import { layerOf, placeOf } from './hints.ts';
import { LeftOut } from './left-out.ts';
import { ownFactsOf } from './own.ts';
import { provenanceNotes } from './provenance.ts';
import { type ByRef, dependencyName, isRecord, recordsOf, withRelations } from './relations.ts';
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

export interface PackageContext {
  readonly subject: SbomSubject;
  readonly distribution: Distribution | undefined;
  /** Where packages lie of which the document does not say. */
  readonly fallbackPath: string;
}

export interface FoundPackages {
  readonly packages: readonly InstalledPackage[];
  readonly problems: readonly Problem[];
}

/** The packages among the components of a document. */
export function packagesOf(document: SbomDocument, context: PackageContext): FoundPackages {
  const own = new Map<string, InstalledPackage>();
  const foreign = new Map<string, InstalledPackage>();
  const leftOut = new LeftOut();
  const records = recordsOf(document);
  const layers = new Map(context.subject.layers.map((layer) => [layer.index, originOf(layer)]));
  for (const component of candidatesOf(document)) {
    const restored = restoredPackage(component, layers);
    if (restored !== undefined) own.set(component.ref, restored);
    else if (component.kind !== 'package') {
      if (component.kind === 'other' || !isOwnDocument(document)) addNoPackage(leftOut, component);
    } else if (!isRecord(component)) {
      const read = foreignPackage(component);
      if (!read.ok) leftOut.add(read.error, component);
      else foreign.set(component.ref, placed(read.value, component, records.get(component.ref), document, context));
    }
  }
  const packages = [...ownRelations(own, document), ...withRelations(foreign, document)];
  return { packages, problems: [...leftOut.problems(), ...sourcesMissing([...foreign.values()])] };
}

function addNoPackage(leftOut: LeftOut, component: SbomComponent): void {
  if (component.kind !== 'operating-system') leftOut.add('no-package', component);
}

/** The project itself is a package too, where the document names it as one. */
function candidatesOf({ subject, components }: SbomDocument): readonly SbomComponent[] {
  const type = /^pkg:([^/]{1,40})\//.exec(subject?.purl ?? '')?.[1];
  const isPackage = subject !== undefined && packageType(type?.toLowerCase() ?? '') !== undefined;
  return isPackage ? [subject, ...components] : components;
}

function isOwnDocument({ subject }: SbomDocument): boolean {
  return subject !== undefined && ownFactsOf(subject).size > 0;
}

/** A package that our own writer told of. */
function restoredPackage(
  component: SbomComponent,
  layers: ReadonlyMap<number, LayerOrigin>,
): InstalledPackage | undefined {
  const { name, version = '', purl, licences, vendor, maintainer } = component;
  if (purl === undefined) return undefined;
  return packageFromFacts(ownFactsOf(component), { name, version, purl, licences, vendor, maintainer, layers });
}

/** Dependencies are relations of the document where it has both ends, and names otherwise. */
function ownRelations(packages: ByRef, document: SbomDocument): InstalledPackage[] {
  const refs = new Map(document.components.map((component) => [component.ref, component]));
  return [...packages].map(([ref, pkg]) => {
    const facts = ownFactsOf(refs.get(ref) ?? { properties: new Map() });
    const named = facts.get('needs') ?? [];
    const needed = (document.needs.get(ref) ?? []).flatMap((one) => {
      const to = packages.get(one);
      return to === undefined ? [] : [dependencyName(to)];
    });
    const dependencies = [...new Set([...needed, ...named])].sort();
    return dependencies.length > 0 || facts.get('dependencies')?.[0] === 'none' ? { ...pkg, dependencies } : pkg;
  });
}

function placed(
  pkg: Parameters<typeof packageUrl>[0],
  component: SbomComponent,
  record: string | undefined,
  document: SbomDocument,
  { subject, distribution, fallbackPath }: PackageContext,
): InstalledPackage {
  const isSubject = component === document.subject;
  const isInstalled = isSystemPackage(pkg.type) || subject.kind === 'image' || distribution !== undefined;
  const diffId = layerOf(component);
  const layer = subject.layers.find((one) => one.diffId === diffId);
  return {
    ...pkg,
    purl: packageUrl(pkg, distribution),
    cataloger: 'sbom',
    evidence: isInstalled && !isSubject ? 'installed' : 'declared',
    origin: { path: placeOf(component) ?? record ?? fallbackPath, ...(layer && { layer: originOf(layer) }) },
    ...(isSubject && { relation: 'root' as const }),
  };
}

function originOf({ index, diffId, instruction, part }: LayerOrigin): LayerOrigin {
  return { index, diffId, ...(instruction !== undefined && { instruction }), part };
}

const FEW = 10;

/** Advisories of distributions speak of sources. Of ten packages one has another source than itself, of any real system. */
function sourcesMissing(packages: readonly InstalledPackage[]): Problem[] {
  const system = packages.filter(({ type }) => type === 'deb' || type === 'rpm' || type === 'apk');
  if (system.length < FEW || system.some(({ source }) => source !== undefined)) return [];
  const message =
    'The SBOM does not say from which sources its system packages were built, and advisories of distributions speak of sources; findings may be missing. Scan the image itself, or an SBOM with `upstream` in its package URLs.';
  return [{ code: 'sbom-sources-missing', message, effect: 'incomplete', count: system.length }];
}

/** What our own scan could not read is missing here as well. */
function toldProblems({ properties }: SbomDocument): Problem[] {
  return (ownFactsOf({ properties }).get('problem') ?? []).flatMap((text) => {
    const read = parseJsonText(text);
    const problem = read.ok ? asMembers(read.value) : undefined;
    const code = asText(problem?.['code']);
    const message = asText(problem?.['message']);
    const effect = effects.get(asText(problem?.['effect']) ?? '');
    const subject = asText(problem?.['subject']);
    if (code === undefined || message === undefined || effect === undefined || !/^[a-z0-9-]{1,80}$/.test(code))
      return [];
    return [{ code, message: message.slice(0, 2_000), effect, ...(subject && { subject: subject.slice(0, 1_000) }) }];
  });
}

const effects = new Map([
  ['incomplete', 'incomplete' as const],
  ['degraded', 'degraded' as const],
  ['note', 'note' as const],
]);

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
