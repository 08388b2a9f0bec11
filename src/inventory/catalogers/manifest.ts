import type { PackageScope } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../cataloger.ts';
import { attribution, recordKey } from './attribution.ts';
import { scopesFrom } from './graph.ts';
import { type PackageRecord, type ParsedRecords, type RecordsFragment, reference } from './records.ts';

/** What a project asks for by name in the file that its authors write, by what it is needed for. */
export type Asked = {
  readonly [scope in PackageScope]: readonly AskedName[];
} & {
  /** The projects in directories below share the lock file. */
  readonly isWorkspace?: boolean;
};

/** The range is what tells several versions of one name apart; empty where the ecosystem has one version of each name. */
export type AskedName = readonly [name: string, range: string];

export type LockFragment = RecordsFragment & {
  /** Of the project's own file. */
  readonly asked?: Asked;
  /** Of a lock file with several versions of a name: which of them `name@range`, or `name`, means. */
  readonly answers?: readonly (readonly [request: string, reference: string])[];
};

export interface ParsedLock extends ParsedRecords {
  readonly answers?: LockFragment['answers'];
}

interface LockUnit extends Omit<Cataloger, 'read' | 'assemble'> {
  parse(file: InputFile): ParsedLock;
  /** Of a file of the project itself; undefined for a lock file. */
  isManifest(path: string): boolean;
  /** Undefined when the file says nothing that can be understood: what is locked counts all the same. */
  parseAsked(file: InputFile): Asked | undefined;
  /** Brings spellings of one name to one. */
  nameKey?(name: string): string;
}

/**
 * A cataloger of lock files that do not tell what the project asks for by name, or what for: the project's own file beside
 * them does. What the lock file says itself stands.
 */
export function lockCataloger(unit: LockUnit): Cataloger<LockFragment> {
  const { parse, isManifest, parseAsked, nameKey = (name) => name, ...description } = unit;
  return {
    ...description,
    read: (file) => (isManifest(file.path) ? readAsked(file, parseAsked) : readLock(file, parse)),
    assemble: (fragments) => assemble(fragments, unit.type, nameKey),
  };
}

function readAsked(file: InputFile, parseAsked: LockUnit['parseAsked']): Reading<LockFragment> {
  const asked = file.size === 0 ? undefined : parseAsked(file);
  return asked === undefined ? { problems: [] } : { fragment: { packages: [], asked }, problems: [] };
}

function readLock(file: InputFile, parse: LockUnit['parse']): Reading<LockFragment> {
  if (file.size === 0) return { problems: [] };
  const { packages, problems, answers } = parse(file);
  if (packages.length === 0) return { problems };
  return { fragment: { packages, ...(answers && answers.length > 0 && { answers }) }, problems };
}

function assemble(
  fragments: readonly VisibleFragment<LockFragment>[],
  type: Cataloger['type'],
  nameKey: (name: string) => string,
): Assembly {
  const locks = fragments.filter(({ fragment }) => fragment.asked === undefined);
  const askedOf = askedByDirectory(fragments, new Set(locks.map(({ path }) => directoryOf(path))));
  const layerOf = attribution<LockFragment>(({ packages }) => packages.map(recordKey));
  const packages = locks.flatMap((visible) =>
    completed(visible.fragment, askedOf.get(directoryOf(visible.path)) ?? [], nameKey).map((record) => ({
      package: { type, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: [] };
}

/** The projects of each directory that has a lock file: the one there, and those below where it says so. */
function askedByDirectory(
  fragments: readonly VisibleFragment<LockFragment>[],
  locked: ReadonlySet<string>,
): Map<string, Asked[]> {
  const manifests = fragments.flatMap(({ path, fragment: { asked } }) =>
    asked === undefined ? [] : [{ directory: directoryOf(path), asked }],
  );
  const workspaces = new Set(manifests.filter(({ asked }) => asked.isWorkspace).map(({ directory }) => directory));
  const found = new Map<string, Asked[]>();
  for (const { directory, asked } of manifests) {
    const lock = nearest(directory, locked);
    if (lock === undefined || (lock !== directory && !workspaces.has(lock))) continue;
    const known = found.get(lock);
    if (known) known.push(asked);
    else found.set(lock, [asked]);
  }
  return found;
}

/** The directory itself or the next one above that is among those given. */
export function nearest(directory: string, among: { has(directory: string): boolean }): string | undefined {
  for (let at = directory; ; at = directoryOf(at.slice(0, -1))) {
    if (among.has(at)) return at;
    if (at === '') return undefined;
  }
}

/** With the slash behind it; empty for the root. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function completed(
  { packages, answers = [] }: LockFragment,
  asked: readonly Asked[],
  nameKey: (name: string) => string,
): readonly PackageRecord[] {
  if (asked.length === 0) return packages;
  const byName = Map.groupBy(packages, ({ name }) => nameKey(name));
  const byRequest = new Map(answers);
  const idsOf = (scope: PackageScope): string[] =>
    asked.flatMap((project) =>
      project[scope].flatMap(([name, range]) => {
        const answer = byRequest.get(`${name}@${range}`) ?? byRequest.get(name);
        return answer === undefined ? (byName.get(nameKey(name)) ?? []).map(reference) : [answer];
      }),
    );
  const roots = { runtime: idsOf('runtime'), optional: idsOf('optional'), development: idsOf('development') };
  const direct = new Set([...roots.runtime, ...roots.optional, ...roots.development]);
  const needs = new Map(packages.map((record) => [reference(record), record.dependencies ?? []]));
  const scopes = scopesFrom(roots, (id) => needs.get(id) ?? []);
  return packages.map((record) => {
    const relation = record.relation ?? (direct.has(reference(record)) ? 'direct' : 'transitive');
    const scope = record.scope ?? scopes.get(reference(record));
    return { ...record, relation, ...(scope && scope !== 'runtime' && { scope }) };
  });
}
