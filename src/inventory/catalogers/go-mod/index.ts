import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { isInsideOf } from '../places.ts';
import type { PackageRecord } from '../records.ts';
import { parseGoMod, parseGoSum, type Replacement, replacer } from './parse.ts';

type GoFragment = {
  readonly packages: readonly PackageRecord[];
  /** Of a `go.mod` only. */
  readonly module?: {
    readonly replacements: readonly Replacement[];
    readonly excluded: readonly string[];
    readonly isComplete: boolean;
  };
};

const maxBytes = 16 * 1024 * 1024;

/** What a Go module requires. Its `go.sum` adds what a `go.mod` from before Go 1.17 leaves out, or speaks when there is none. */
export const goMod: Cataloger<GoFragment> = {
  id: 'go-mod',
  title: 'Go modules in go.mod and go.sum',
  references: ['https://go.dev/ref/mod#go-mod-file', 'https://go.dev/ref/mod#graph-pruning'],
  maturity: 'stable',
  type: 'golang',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'go.mod', maxBytes },
    { kind: 'name', name: 'go.sum', maxBytes },
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
  const { packages, problems, ...module } = parseGoMod(file);
  return packages.length > 0 ? { fragment: { packages, module }, problems } : { problems };
}

function assemble(fragments: readonly VisibleFragment<GoFragment>[]): Assembly {
  const modules = new Map(
    fragments.flatMap(({ path, fragment }) => (fragment.module ? [[directoryOf(path), fragment] as const] : [])),
  );
  const layerOf = attribution<GoFragment>(({ packages }) => packages.map(recordKey));
  const packages = fragments.flatMap((visible) =>
    listed(visible.fragment, modules.get(directoryOf(visible.path))).map((record) => ({
      package: { type: 'golang' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
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

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
