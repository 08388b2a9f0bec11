import { compareTexts } from '#foundation/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import { isSystemPackage } from '#model/index.ts';
import { type Ordering, schemeOfPackages } from '#versions/index.ts';

/**
 * What became of a package. `changed`: to another version, of which nobody can say whether it is newer. `relicensed` and `moved` (to
 * another layer): of the same version as before.
 */
export type PackageChange = 'added' | 'removed' | 'upgraded' | 'downgraded' | 'changed' | 'relicensed' | 'moved';

export interface PackageDifference {
  readonly change: PackageChange;
  /** Absent when it was added. */
  readonly before?: InstalledPackage;
  /** Absent when it was removed. */
  readonly after?: InstalledPackage;
  /** Its licences differ too. Said only where both sides name some. */
  readonly isRelicensed: boolean;
}

export interface SbomDiff {
  /** In the order of `packageChanges`, then by type, name and version. */
  readonly differences: readonly PackageDifference[];
  /** Versions of packages that are on both sides and differ in nothing. */
  readonly unchanged: number;
}

export const packageChanges: readonly PackageChange[] = [
  'added',
  'removed',
  'upgraded',
  'downgraded',
  'changed',
  'relicensed',
  'moved',
];

/** Compares two inventories package by package, by the order of versions of each ecosystem. Where a package lies does not matter. */
export function diffPackages(before: readonly InstalledPackage[], after: readonly InstalledPackage[]): SbomDiff {
  const old = byPackage(before);
  const now = byPackage(after);
  const differences: PackageDifference[] = [];
  let unchanged = 0;
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const found = diffVersions(old.get(name) ?? new Map(), now.get(name) ?? new Map());
    differences.push(...found.differences);
    unchanged += found.unchanged;
  }
  return { differences: differences.sort(byChange), unchanged };
}

/** All copies of one version of a package. */
type Versions = ReadonlyMap<string, readonly InstalledPackage[]>;

function byPackage(packages: readonly InstalledPackage[]): Map<string, Versions> {
  const groups = Map.groupBy(packages, nameKey);
  return new Map([...groups].map(([name, all]) => [name, Map.groupBy(all, ({ version }) => version)]));
}

/** System packages by name and architecture whatever the distribution; others by the name in their package URL, which is normalised. */
function nameKey({ type, name, architecture = '', purl }: InstalledPackage): string {
  return isSystemPackage(type) ? `${type}\0${name}\0${architecture}` : (/^[^@?#]*/.exec(purl)?.[0] ?? purl);
}

function diffVersions(old: Versions, now: Versions): SbomDiff {
  const differences: PackageDifference[] = [];
  const gone: InstalledPackage[] = [];
  let unchanged = 0;
  for (const [version, copies] of old) {
    const [before] = copies;
    const same = now.get(version);
    if (before === undefined) continue;
    if (same === undefined) gone.push(before);
    else {
      const difference = diffCopies(copies, same);
      if (difference === undefined) unchanged++;
      else differences.push(difference);
    }
  }
  const come = [...now].flatMap(([version, [after]]) => (old.has(version) || after === undefined ? [] : [after]));
  return { differences: [...differences, ...pairUp(gone, come)], unchanged };
}

function diffCopies(old: readonly InstalledPackage[], now: readonly InstalledPackage[]): PackageDifference | undefined {
  const [before] = old;
  const [after] = now;
  if (before === undefined || after === undefined) return undefined;
  const isRelicensed = licencesDiffer(old, now);
  if (isRelicensed) return { change: 'relicensed', before, after, isRelicensed };
  return layersDiffer(old, now) ? { change: 'moved', before, after, isRelicensed } : undefined;
}

/** The newest that is gone became the newest that came, and so on down; what is left over was removed or added. */
function pairUp(gone: readonly InstalledPackage[], come: readonly InstalledPackage[]): PackageDifference[] {
  const old = gone.toSorted((a, b) => order(b, a) ?? 0);
  const now = come.toSorted((a, b) => order(b, a) ?? 0);
  const pairs = Math.min(old.length, now.length);
  return [
    ...old.slice(pairs).map((before) => ({ change: 'removed' as const, before, isRelicensed: false })),
    ...now.slice(pairs).map((after) => ({ change: 'added' as const, after, isRelicensed: false })),
    ...old.slice(0, pairs).flatMap((before, index) => {
      const after = now[index];
      return after === undefined ? [] : [moveTo(before, after)];
    }),
  ];
}

function moveTo(before: InstalledPackage, after: InstalledPackage): PackageDifference {
  const isRelicensed = licencesDiffer([before], [after]);
  const ordering = order(before, after);
  const change = ordering === -1 ? 'upgraded' : ordering === 1 ? 'downgraded' : 'changed';
  return { change, before, after, isRelicensed };
}

/** Undefined when the order of the ecosystem is not known, or it refuses one of the two. */
function order(a: InstalledPackage, b: InstalledPackage): Ordering | undefined {
  const compared = schemeOfPackages(a.type)?.compare(a.version, b.version);
  return compared?.ok ? compared.value : undefined;
}

function licencesDiffer(old: readonly InstalledPackage[], now: readonly InstalledPackage[]): boolean {
  return differ(
    old.flatMap(({ licences }) => licences),
    now.flatMap(({ licences }) => licences),
  );
}

/** By position: rebuilding a layer changes its digest without moving anything. */
function layersDiffer(old: readonly InstalledPackage[], now: readonly InstalledPackage[]): boolean {
  const layers = (copies: readonly InstalledPackage[]) =>
    copies.flatMap(({ origin }) => (origin.layer === undefined ? [] : [String(origin.layer.index)]));
  return differ(layers(old), layers(now));
}

/** Whether two sets differ; where either is empty nothing is known. */
function differ(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [new Set(a), new Set(b)];
  if (one.size === 0 || other.size === 0) return false;
  return one.size !== other.size || [...one].some((text) => !other.has(text));
}

function byChange(a: PackageDifference, b: PackageDifference): number {
  return packageChanges.indexOf(a.change) - packageChanges.indexOf(b.change) || compareTexts(sortKey(a), sortKey(b));
}

function sortKey({ before, after }: PackageDifference): string {
  const { type, name, version } = after ?? before ?? { type: '', name: '', version: '' };
  return `${type}\0${name}\0${version}`;
}
