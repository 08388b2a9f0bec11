import type { FileWish } from './file-wish.ts';

/** Wishes compiled for one look-up per entry of a layer. */
export interface Selection {
  /** Who wants the file at this path. */
  wishesFor(path: string): readonly FileWish[];
  /**
   * True when what lies at this path decides which wanted files exist: the place of a wanted file itself or of a directory
   * above one. A link, a deletion or a file there changes the answer.
   */
  isRelevant(path: string): boolean;
  /** True when files are wanted by name anywhere below this directory, so that all of it must be looked through. */
  isSwept(directory: string): boolean;
  /** True when files directly in this directory are wanted by the end of their name. */
  isListed(directory: string): boolean;
  /** Names in this directory that lie on the way to something wanted. */
  namesIn(directory: string): Iterable<string>;
}

interface Tables {
  readonly exact: Map<string, FileWish[]>;
  readonly directories: Map<string, FileWish[]>;
  readonly names: Map<string, FileWish[]>;
  /** By the last character of the suffix. */
  readonly suffixes: Map<number, FileWish[]>;
  /** Children by directory: the wanted paths and every directory above them. */
  readonly ways: Map<string, Set<string>>;
  /** Directories below which files are wanted by name; the empty text for the root. */
  readonly sweeps: Set<string>;
}

const NONE: readonly FileWish[] = [];

export function compileSelection(wishes: readonly FileWish[]): Selection {
  const tables = tabulate(wishes);
  const onTheWay = new Set<string>(
    [...tables.ways].flatMap(([directory, names]) => [...names].map((name) => join(directory, name))),
  );
  const sweeps = [...tables.sweeps];
  const sweepsAll = tables.sweeps.has('');
  const isSwept = (directory: string) => sweepsAll || sweeps.some((root) => isInside(directory, root));
  return {
    wishesFor: (path) => wishesFor(tables, path),
    isRelevant: (path) =>
      onTheWay.has(path) ||
      sweepsAll ||
      isWantedIn(tables.directories, path) ||
      sweeps.some((root) => isInside(path, root)),
    isSwept,
    isListed: (directory) => tables.directories.has(directory),
    namesIn: (directory) => tables.ways.get(directory) ?? [],
  };
}

function tabulate(wishes: readonly FileWish[]): Tables {
  const tables: Tables = {
    exact: new Map(),
    directories: new Map(),
    names: new Map(),
    suffixes: new Map(),
    ways: new Map(),
    sweeps: new Set(),
  };
  for (const wish of wishes) {
    const { pattern } = wish;
    if (pattern.kind === 'path') append(tables.exact, pattern.path, wish);
    else if (pattern.kind === 'directory') append(tables.directories, pattern.path, wish);
    else if (pattern.kind === 'name') append(tables.names, pattern.name, wish);
    else append(tables.suffixes, lastCode(pattern.suffix), wish);
    if (pattern.kind === 'name' || pattern.kind === 'suffix') tables.sweeps.add(pattern.under ?? '');
    addWay(tables.ways, pattern.kind === 'path' || pattern.kind === 'directory' ? pattern.path : (pattern.under ?? ''));
  }
  return tables;
}

function addWay(ways: Map<string, Set<string>>, path: string): void {
  let child = path;
  while (child !== '') {
    const parent = directoryOf(child);
    const names = ways.get(parent) ?? new Set();
    ways.set(parent, names.add(child.slice(parent === '' ? 0 : parent.length + 1)));
    child = parent;
  }
}

function wishesFor(tables: Tables, path: string): readonly FileWish[] {
  const slash = path.lastIndexOf('/');
  const exact = tables.exact.get(path);
  const listed = tables.directories.get(slash === -1 ? '' : path.slice(0, slash));
  const named = tables.names.get(slash === -1 ? path : path.slice(slash + 1));
  const ending = tables.suffixes.get(path.charCodeAt(path.length - 1));
  if (!exact && !listed && !named && !ending) return NONE;
  return [
    ...(exact ?? []),
    ...(listed ?? []).filter((wish) => endsAsWished(wish, path)),
    ...(named ?? []).filter((wish) => liesAsWished(wish, path)),
    ...(ending ?? []).filter((wish) => endsAsWished(wish, path) && liesAsWished(wish, path)),
  ];
}

function isWantedIn(directories: Map<string, FileWish[]>, path: string): boolean {
  return directories.get(directoryOf(path))?.some((wish) => endsAsWished(wish, path)) === true;
}

function endsAsWished({ pattern }: FileWish, path: string): boolean {
  return (pattern.kind === 'directory' || pattern.kind === 'suffix') && path.endsWith(pattern.suffix);
}

function liesAsWished({ pattern }: FileWish, path: string): boolean {
  return (
    (pattern.kind === 'name' || pattern.kind === 'suffix') && (!pattern.under || path.startsWith(`${pattern.under}/`))
  );
}

/** True for the root of a sweep itself and everything below it. */
function isInside(path: string, root: string): boolean {
  return path.startsWith(root) && (path.length === root.length || path.charCodeAt(root.length) === 0x2f);
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

function lastCode(suffix: string): number {
  return suffix.charCodeAt(suffix.length - 1);
}

function append<K>(table: Map<K, FileWish[]>, key: K, wish: FileWish): void {
  const known = table.get(key);
  if (known) known.push(wish);
  else table.set(key, [wish]);
}
