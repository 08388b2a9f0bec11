import type { ContentClass, FileWish, PathPattern } from './file-wish.ts';

/** Wishes compiled for one look-up per entry of a layer. */
export interface Selection {
  /** Who wants the file at this path for its name. */
  wishesFor(path: string): readonly FileWish[];
  /** Who wants the file for being setuid or setgid. */
  wishesForMode(mode: number): readonly FileWish[];
  /** True when somebody may want the file at this path for what it begins with. */
  looksInside(path: string, mode: number): boolean;
  /** Who wants the file for beginning as this class does. */
  wishesForContent(path: string, mode: number, is: ContentClass): readonly FileWish[];
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
  /** By the first character of the prefix. */
  readonly prefixes: Map<number, FileWish[]>;
  readonly contents: ContentWish[];
  readonly setuid: FileWish[];
  /** Children by directory: the wanted paths and every directory above them. */
  readonly ways: Map<string, Set<string>>;
  /** Directories below which files are wanted by name; the empty text for the root. */
  readonly sweeps: Set<string>;
}

type ContentPattern = Extract<PathPattern, { kind: 'content' }>;
type ContentWish = FileWish & { readonly pattern: ContentPattern };

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
    wishesForMode: (mode) => (isSetuid(mode) ? tables.setuid : NONE),
    looksInside: (path, mode) =>
      tables.contents.some(({ pattern }) => liesUnder(pattern, path) && mayBeOf(pattern.is, path, mode)),
    wishesForContent: (path, mode, is) =>
      tables.contents.filter(
        ({ pattern }) => pattern.is.includes(is) && liesUnder(pattern, path) && mayBeOf(pattern.is, path, mode),
      ),
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
    prefixes: new Map(),
    contents: [],
    setuid: [],
    ways: new Map(),
    sweeps: new Set(),
  };
  for (const wish of wishes) {
    const { pattern } = wish;
    if (pattern.kind === 'path') append(tables.exact, pattern.path, wish);
    else if (pattern.kind === 'directory') append(tables.directories, pattern.path, wish);
    else if (pattern.kind === 'name') append(tables.names, pattern.name, wish);
    else if (pattern.kind === 'suffix') append(tables.suffixes, lastCode(pattern.suffix), wish);
    else if (pattern.kind === 'prefix') append(tables.prefixes, pattern.prefix.charCodeAt(0), wish);
    else if (isContentWish(wish)) tables.contents.push(wish);
    else tables.setuid.push(wish);
    if (pattern.kind !== 'path' && pattern.kind !== 'directory') tables.sweeps.add(under(pattern));
    addWay(tables.ways, pattern.kind === 'path' || pattern.kind === 'directory' ? pattern.path : under(pattern));
  }
  return tables;
}

function isContentWish(wish: FileWish): wish is ContentWish {
  return wish.pattern.kind === 'content';
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
  const beginning = tables.prefixes.get(path.charCodeAt(slash + 1));
  if (!exact && !listed && !named && !ending && !beginning) return NONE;
  return [
    ...(exact ?? []),
    ...(listed ?? []).filter((wish) => endsAsWished(wish, path)),
    ...(named ?? []).filter((wish) => liesAsWished(wish, path)),
    ...(ending ?? []).filter((wish) => endsAsWished(wish, path) && liesAsWished(wish, path)),
    ...(beginning ?? []).filter((wish) => beginsAsWished(wish, path, slash + 1) && liesAsWished(wish, path)),
  ];
}

function isWantedIn(directories: Map<string, FileWish[]>, path: string): boolean {
  return directories.get(directoryOf(path))?.some((wish) => endsAsWished(wish, path)) === true;
}

function endsAsWished({ pattern }: FileWish, path: string): boolean {
  return (pattern.kind === 'directory' || pattern.kind === 'suffix') && path.endsWith(pattern.suffix);
}

function beginsAsWished({ pattern }: FileWish, path: string, nameAt: number): boolean {
  return pattern.kind === 'prefix' && path.startsWith(pattern.prefix, nameAt);
}

function liesAsWished({ pattern }: FileWish, path: string): boolean {
  return pattern.kind !== 'path' && pattern.kind !== 'directory' && liesUnder(pattern, path);
}

type SweepPattern = Exclude<PathPattern, { kind: 'path' | 'directory' }>;

function liesUnder(pattern: SweepPattern, path: string): boolean {
  const root = under(pattern);
  return root === '' || path.startsWith(`${root}/`);
}

function under(pattern: SweepPattern): string {
  return pattern.kind === 'setuid' ? '' : (pattern.under ?? '');
}

function isSetuid(mode: number): boolean {
  return (mode & 0o6000) !== 0;
}

const PROGRAMS: ReadonlySet<ContentClass> = new Set(['elf', 'pe', 'mach-o']);

/** Programs and libraries tell themselves by mode or name: where only they are wanted, not every file needs to be opened. */
function mayBeOf(classes: readonly ContentClass[], path: string, mode: number): boolean {
  return (mode & 0o111) !== 0 || !classes.every((is) => PROGRAMS.has(is)) || LIBRARY_NAME.test(path);
}

const LIBRARY_NAME = /\.(?:so|dylib|dll|exe|node|ko)(?:\.[\w.]{0,40})?$/;

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
