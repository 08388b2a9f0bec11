import type { InstalledPackage } from '#model/index.ts';
import type { SbomComponent, SbomDocument } from './document.ts';

/** Packages by the reference of their component. */
export type ByRef = ReadonlyMap<string, InstalledPackage>;

/** How a package is named in the `dependencies` of another one. */
export function dependencyName({ name, version }: InstalledPackage): string {
  return version === '' ? name : `${name}@${version}`;
}

/** What each package needs, and whether its project asks for it by name, put into the packages. */
export function withRelations(packages: ByRef, document: SbomDocument, records: Records): InstalledPackage[] {
  const relations = relationsOf(packages, document, records);
  const hasGraph = [...document.needs.values()].some((list) => list.length > 0);
  return [...packages].map(([ref, pkg]) => {
    const needs = hasGraph ? document.needs.get(ref) : undefined;
    const names = needs?.flatMap((one) => namesIn(packages, one, pkg)) ?? [];
    const relation = pkg.relation ?? relations.get(ref);
    const owner = packages.get(document.owners.get(ref) ?? '')?.purl;
    return {
      ...pkg,
      ...(needs && { dependencies: [...new Set(names)].sort() }),
      ...(relation && { relation }),
      ...(owner !== undefined && { ownedBy: owner }),
    };
  });
}

function namesIn(packages: ByRef, ref: string, from: InstalledPackage): string[] {
  const to = packages.get(ref);
  return to === undefined || to.type !== from.type ? [] : [dependencyName(to)];
}

/**
 * What a project, or a lock file that stands for it, needs itself and what only follows from that. Nothing is said where everything
 * is needed directly: that is a list and no graph. An image asks for nothing by name.
 */
function relationsOf(
  packages: ByRef,
  { subject, needs }: SbomDocument,
  records: Records,
): ReadonlyMap<string, 'direct' | 'transitive'> {
  const isImage = subject !== undefined && /^container$/i.test(subject.type ?? '');
  const roots = [...records.refs, ...(subject === undefined || isImage ? [] : [subject.ref])];
  const direct = new Set(roots.flatMap((ref) => needs.get(ref) ?? []).filter((ref) => packages.has(ref)));
  const reached = reachableFrom(direct, needs);
  const relations = new Map<string, 'direct' | 'transitive'>();
  if ([...packages.keys()].every((ref) => direct.has(ref) || !reached.has(ref))) return relations;
  for (const ref of reached) relations.set(ref, direct.has(ref) ? 'direct' : 'transitive');
  return relations;
}

function reachableFrom(start: Iterable<string>, needs: SbomDocument['needs']): Set<string> {
  const reached = new Set(start);
  // A set that grows while it is walked through: each reference is met once, in whatever circles they stand.
  for (const ref of reached) for (const next of needs.get(ref) ?? []) reached.add(next);
  return reached;
}

/** Components that stand for lock files and the like. */
export interface Records {
  readonly refs: ReadonlySet<string>;
  /** The path of the record in which each package stands, by the package's reference. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Trivy lists a lock file, or all packages of a kind, as an application without version, which needs or contains what is in it. */
export function recordsOf({ components, needs, containers }: SbomDocument): Records {
  const holders = new Set(containers.values());
  const records = new Map(
    components.filter((one) => isRecord(one, holders.has(one.ref) || needs.has(one.ref))).map((one) => [one.ref, one]),
  );
  const paths = new Map<string, string>();
  for (const [ref, { name }] of records) {
    if (!/[./]/.test(name)) continue;
    const waiting = [...(needs.get(ref) ?? [])];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (paths.has(one)) continue;
      paths.set(one, name);
      for (const next of needs.get(one) ?? []) if (!paths.has(next)) waiting.push(next);
    }
  }
  for (const [ref, holder] of containers) {
    const name = records.get(holder)?.name ?? '';
    if (/[./]/.test(name) && !paths.has(ref)) paths.set(ref, name);
  }
  return { refs: new Set(records.keys()), paths };
}

function isRecord({ purl, version, kind, type, properties }: SbomComponent, hasContent: boolean): boolean {
  if (purl !== undefined || kind !== 'package') return false;
  if (properties.get('aquasecurity:trivy:Class')?.[0] === 'lang-pkgs') return true;
  return version === undefined && hasContent && /^application$/i.test(type ?? '');
}
