import { posix } from 'node:path';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { directoryOf } from '../manifest.ts';
import { isInsideOf } from '../places.ts';
import { type PackageRecord, reference } from '../records.ts';
import { type GoWork, parseGoMod, parseGoSum, parseGoWork, type Replacement, replacer } from './parse.ts';

type GoFragment = {
  readonly packages: readonly PackageRecord[];
  /** Of a `go.mod` only. */
  readonly module?: {
    readonly replacements: readonly Replacement[];
    readonly excluded: readonly string[];
    readonly isComplete: boolean;
  };
  /** Of a `go.work` only. */
  readonly work?: GoWork;
};

const maxBytes = 16 * 1024 * 1024;

/**
 * What a Go module requires. Its `go.sum` adds what a `go.mod` from before Go 1.17 leaves out, or speaks when there is none; a
 * `go.work` says what is built instead of what its modules require.
 */
export const goMod: Cataloger<GoFragment> = {
  id: 'go-mod',
  title: 'Go modules in go.mod, go.sum and go.work',
  references: [
    'https://go.dev/ref/mod#go-mod-file',
    'https://go.dev/ref/mod#graph-pruning',
    'https://go.dev/ref/mod#workspaces',
  ],
  maturity: 'stable',
  type: 'golang',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'go.mod', maxBytes },
    { kind: 'name', name: 'go.sum', maxBytes },
    { kind: 'name', name: 'go.work', maxBytes },
  ],
  read,
  assemble,
};

/** In the module cache and in `vendor` lie other modules' files, and in the Go distribution its own. */
function read(file: InputFile): Reading<GoFragment> {
  if (file.size === 0 || isInsideOf(file.path, 'pkg/mod', 'vendor') || isInsideOf(file.path, 'usr/local/go/src'))
    return { problems: [] };
  if (file.path.endsWith('go.sum')) {
    const { packages, problems } = parseGoSum(file);
    return packages.length > 0 ? { fragment: { packages }, problems } : { problems };
  }
  if (file.path.endsWith('go.work')) return { fragment: { packages: [], work: parseGoWork(file) }, problems: [] };
  const { packages, problems, ...module } = parseGoMod(file);
  return packages.length > 0 ? { fragment: { packages, module }, problems } : { problems };
}

function assemble(fragments: readonly VisibleFragment<GoFragment>[]): Assembly {
  const modules = new Map(
    fragments.flatMap(({ path, fragment }) => (fragment.module ? [[directoryOf(path), fragment] as const] : [])),
  );
  const workspaces = replacementsOfWorkspaces(fragments);
  const layerOf = attribution<GoFragment>(({ packages }) => packages.map(recordKey));
  const packages = fragments.flatMap((visible) => {
    const directory = directoryOf(visible.path);
    const records = listed(visible.fragment, modules.get(directory));
    return builtIn(records, workspaces.get(directory)).map((record) => ({
      package: { type: 'golang' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    }));
  });
  return { packages, problems: [] };
}

/** Of a `go.sum` only what the `go.mod` beside it does not tell. */
function listed(fragment: GoFragment, beside: GoFragment | undefined): readonly PackageRecord[] {
  if (fragment.module !== undefined || beside?.module === undefined) return fragment.packages;
  const { replacements, excluded, isComplete } = beside.module;
  if (isComplete) return [];
  const known = new Set(beside.packages.map(({ name }) => name));
  const left = new Set(excluded);
  const replace = replacer(replacements);
  return fragment.packages
    .filter((record) => !known.has(record.name) && !left.has(`${record.name}@${record.version}`))
    .filter((record) => replace(record) === record)
    .map((record) => ({ ...record, relation: 'transitive' }));
}

/** By the directory of a module, what its workspace replaces. */
function replacementsOfWorkspaces(
  fragments: readonly VisibleFragment<GoFragment>[],
): ReadonlyMap<string, readonly Replacement[]> {
  return new Map(
    fragments.flatMap(({ path, fragment: { work } }) =>
      work === undefined || work.replacements.length === 0
        ? []
        : work.uses.map((use) => [directoryAt(path, use), work.replacements] as const),
    ),
  );
}

/** Empty for the root, like `directoryOf`; a directory outside of the tree is no one's. */
function directoryAt(work: string, use: string): string {
  const joined = posix.join(directoryOf(work), use, '/');
  return joined === './' ? '' : joined;
}

function builtIn(
  records: readonly PackageRecord[],
  replacements: readonly Replacement[] | undefined,
): readonly PackageRecord[] {
  if (replacements === undefined) return records;
  const replace = replacer(replacements);
  const built = new Map(
    records.map((record) => [reference(record), record.relation === 'root' ? record : replace(record)] as const),
  );
  return records.flatMap((record) => {
    const instead = built.get(reference(record));
    if (instead === undefined) return [];
    const { name, version } = instead;
    const dependencies = record.dependencies?.flatMap((need) => {
      const found = built.get(need);
      return found === undefined ? [] : [reference(found)];
    });
    return [{ ...record, name, version, ...(dependencies && { dependencies }) }];
  });
}
