import { normalisedName } from '../python-requirement.ts';
import type { PackageRecord } from '../records.ts';

export type RequirementsFile = {
  readonly path: string;
  readonly packages: readonly PackageRecord[];
  readonly includes: readonly string[];
  readonly constraints: readonly string[];
};

/** Files that are followed from one, itself included: more is no project. */
const MAX_FILES = 200;

/**
 * What each file asks for, with the versions that constraints give to what it leaves open. Constraints hold for all that is
 * asked for together: for the file that names them, those it includes, and those that include it. A file of constraints asks
 * for nothing unless it is included as requirements.
 */
export function constrained(files: readonly RequirementsFile[]): ReadonlyMap<string, readonly PackageRecord[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const included = new Set(files.flatMap(({ includes }) => includes));
  const named = new Set(files.flatMap(({ constraints }) => constraints));
  const isConstraints = ({ path }: RequirementsFile) =>
    !included.has(path) && (named.has(path) || /(?:^|\/)constraints[^/]*$|constraints\.txt$/.test(path));
  const constraintsOf = new Map<string, Set<string>>();
  for (const file of files) {
    const together = closure(file.path, byPath);
    const constraints = together.flatMap((path) => byPath.get(path)?.constraints ?? []).slice(0, MAX_FILES);
    if (constraints.length === 0) continue;
    for (const path of together) {
      const known = constraintsOf.get(path) ?? new Set();
      constraintsOf.set(path, known);
      for (const constraint of constraints) known.add(constraint);
    }
  }
  return new Map(
    files
      .filter((file) => !isConstraints(file))
      .map((file) => [file.path, withVersions(file.packages, constraintsOf.get(file.path) ?? [], byPath)] as const),
  );
}

function closure(path: string, byPath: ReadonlyMap<string, RequirementsFile>): string[] {
  const found = new Set([path]);
  for (const at of found) {
    for (const next of byPath.get(at)?.includes ?? []) if (found.size < MAX_FILES) found.add(next);
  }
  return [...found];
}

function withVersions(
  packages: readonly PackageRecord[],
  constraints: Iterable<string>,
  byPath: ReadonlyMap<string, RequirementsFile>,
): readonly PackageRecord[] {
  if (packages.every(({ version }) => version !== '')) return packages;
  const pins = new Map<string, string>();
  for (const path of constraints) {
    for (const { name, version } of byPath.get(path)?.packages ?? [])
      if (version !== '') pins.set(normalisedName(name), version);
  }
  return packages.map((record) =>
    record.version === '' ? { ...record, version: pins.get(normalisedName(record.name)) ?? '' } : record,
  );
}
