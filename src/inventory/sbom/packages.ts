import { err, type Problem } from '#foundation/index.ts';
import {
  type Distribution,
  type InstalledPackage,
  isSystemPackage,
  type LayerOrigin,
  type Package,
  packageFromFacts,
  packageType,
  packageUrl,
  parsePackageUrl,
} from '#model/index.ts';
import type { SbomComponent, SbomDocument } from './document.ts';
import { foreignPackage } from './foreign-package.ts';
import { layerOf, placeOf } from './hints.ts';
import { LeftOut } from './left-out.ts';
import { ownFactsOf } from './own.ts';
import { type ByRef, dependencyName, type Records, recordsOf, withRelations } from './relations.ts';
import type { SbomSubject } from './subject.ts';

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

/** The packages among the components of a document, those that our own writer told of and those of others. */
export function packagesOf(document: SbomDocument, context: PackageContext): FoundPackages {
  const own = new Map<string, InstalledPackage>();
  const foreign = new Map<string, InstalledPackage>();
  const leftOut = new LeftOut();
  const records = recordsOf(document);
  const places = new Places(document, records, context);
  const isExpected = noPackagesOf(document, records);
  for (const component of candidatesOf(document)) {
    const told = toldPackage(component, places.layersByIndex);
    if (told !== undefined) own.set(component.ref, told);
    else if (!isExpected(component)) {
      const read = component.kind === 'package' ? foreignPackage(component) : err('no-package' as const);
      if (read.ok) foreign.set(component.ref, places.put(read.value, component));
      else leftOut.add(read.error, component);
    }
  }
  const packages = [...withToldRelations(own, document), ...withRelations(foreign, document, records)];
  return { packages, problems: [...leftOut.problems(), ...sourcesMissing([...foreign.values()])] };
}

/** The project itself is a package too, where the document names it as one. */
function candidatesOf({ subject, components }: SbomDocument): readonly SbomComponent[] {
  const type = /^pkg:([^/]{1,40})\//.exec(subject?.purl ?? '')?.[1];
  const isPackage = subject !== undefined && packageType(type?.toLowerCase() ?? '') !== undefined;
  return isPackage ? [subject, ...components] : components;
}

/** Components of which nobody would think that they are packages: the distribution, lock files, and the sources that we list ourselves. */
function noPackagesOf({ subject }: SbomDocument, records: Records): (component: SbomComponent) => boolean {
  const isOwn = subject !== undefined && ownFactsOf(subject).size > 0;
  return ({ kind, ref }) => kind === 'operating-system' || (kind === 'source' && isOwn) || records.refs.has(ref);
}

function toldPackage(component: SbomComponent, layers: ReadonlyMap<number, LayerOrigin>): InstalledPackage | undefined {
  const { name, version = '', purl, licences, vendor, maintainer } = component;
  if (purl === undefined || !parsePackageUrl(purl).ok) return undefined;
  return packageFromFacts(ownFactsOf(component), { name, version, purl, licences, vendor, maintainer, layers });
}

/** Dependencies are relations of the document where it has both ends, and names otherwise. */
function withToldRelations(packages: ByRef, document: SbomDocument): InstalledPackage[] {
  const components = new Map(document.components.map((component) => [component.ref, component]));
  return [...packages].map(([ref, pkg]) => {
    const facts = ownFactsOf(components.get(ref) ?? { properties: new Map() });
    const needed = (document.needs.get(ref) ?? []).flatMap((one) => {
      const to = packages.get(one);
      return to === undefined ? [] : [dependencyName(to)];
    });
    const dependencies = [...new Set([...needed, ...(facts.get('needs') ?? [])])].sort();
    return dependencies.length > 0 || facts.get('dependencies')?.[0] === 'none' ? { ...pkg, dependencies } : pkg;
  });
}

/** Puts packages of other tools where they were found, as far as that is told. */
class Places {
  readonly layersByIndex: ReadonlyMap<number, LayerOrigin>;
  readonly #layersByDigest: ReadonlyMap<string, LayerOrigin>;
  readonly #document: SbomDocument;
  readonly #records: Records;
  readonly #context: PackageContext;

  constructor(document: SbomDocument, records: Records, context: PackageContext) {
    const layers = context.subject.layers.map(originOf);
    this.layersByIndex = new Map(layers.map((layer) => [layer.index, layer]));
    this.#layersByDigest = new Map(layers.map((layer) => [layer.diffId, layer]));
    this.#document = document;
    this.#records = records;
    this.#context = context;
  }

  put(pkg: Package, component: SbomComponent): InstalledPackage {
    const { distribution, fallbackPath } = this.#context;
    const isSubject = component === this.#document.subject;
    const layer = this.#layersByDigest.get(layerOf(component) ?? '');
    const path = placeOf(component) ?? this.#records.paths.get(component.ref) ?? fallbackPath;
    return {
      ...pkg,
      purl: packageUrl(pkg, distribution),
      cataloger: 'sbom',
      evidence: isSubject || !this.#isInstalled(pkg) ? 'declared' : 'installed',
      origin: { path, ...(layer && { layer }) },
      ...(isSubject && { relation: 'root' as const }),
    };
  }

  /** What is said of an image or a system is there; what is said of a project is what it asks for. */
  #isInstalled({ type }: Package): boolean {
    const { subject, distribution } = this.#context;
    return isSystemPackage(type) || subject.kind === 'image' || distribution !== undefined;
  }
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
