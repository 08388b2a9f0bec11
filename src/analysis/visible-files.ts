import type { FileWish, Json, PathPattern, Reader, Selection } from '#artifact/index.ts';
import type { VisibleFragment } from '#inventory/index.ts';
import { contentOf, type FileVersion, type NamedFile, type SquashedTree } from './squashed-tree.ts';

type NamePattern = Extract<PathPattern, { kind: 'name' | 'suffix' | 'prefix' }>;

/** What one reader is shown of the finished tree. */
export interface Visible {
  /** Sorted by path; each file once. */
  readonly fragments: readonly VisibleFragment<Json>[];
  /** Fragments by the path that was asked for, for readers that ask for a few paths. */
  readonly byAskedPath: ReadonlyMap<string, Json>;
  /** Files that links lead to and that no layer was asked for yet. */
  readonly missing: readonly FileWish[];
  /** Paths whose links never end. */
  readonly loops: readonly string[];
}

/**
 * Finds what a reader wants in a squashed tree: its paths and directories over the links on the way, files wanted by name
 * wherever they are. `selection` is what the layers were asked for: what it covers and the tree has not is not there.
 */
export function visibleTo(reader: Reader, tree: SquashedTree, selection: Selection): Visible {
  const view = new ReaderView(reader, tree, selection);
  for (const pattern of reader.files) view.follow(pattern);
  return view.result();
}

class ReaderView {
  readonly #reader: Reader;
  readonly #tree: SquashedTree;
  readonly #selection: Selection;
  readonly #fragments = new Map<string, VisibleFragment<Json>>();
  readonly #byAskedPath = new Map<string, Json>();
  readonly #missing: FileWish[] = [];
  readonly #loops: string[] = [];

  constructor(reader: Reader, tree: SquashedTree, selection: Selection) {
    this.#reader = reader;
    this.#tree = tree;
    this.#selection = selection;
  }

  follow(pattern: PathPattern): void {
    if (pattern.kind === 'path') this.#followPath(pattern.path, pattern.maxBytes);
    else if (pattern.kind === 'directory') this.#followDirectory(pattern);
    else if (pattern.kind === 'content' || pattern.kind === 'setuid') this.#collectRead();
    else this.#collectNamed(pattern);
  }

  result(): Visible {
    const fragments = [...this.#fragments.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return { fragments, byAskedPath: this.#byAskedPath, missing: this.#missing, loops: this.#loops };
  }

  #followPath(asked: string, maxBytes: number): void {
    const found = this.#tree.resolve(asked);
    if (found.kind === 'loop') this.#loops.push(asked);
    else if (found.kind === 'found' && found.node.kind === 'file')
      this.#show(asked, found.path, found.node.versions, maxBytes);
    else if (found.kind === 'absent' && !this.#isCovered(found.path))
      this.#miss({ kind: 'path', path: found.path, maxBytes }, asked);
  }

  #followDirectory(pattern: Extract<PathPattern, { kind: 'directory' }>): void {
    const asked = pattern.path;
    const found = this.#tree.resolve(asked);
    if (found.kind === 'loop') this.#loops.push(asked);
    else if (!this.#isListed(found.path, pattern.suffix)) this.#miss({ ...pattern, path: found.path }, asked);
    else if (found.kind === 'found' && found.node.kind === 'directory') {
      const names = [...found.node.children.keys()].filter((name) => name.endsWith(pattern.suffix));
      for (const name of names) this.#followPath(`${asked}/${name}`, pattern.maxBytes);
    }
  }

  #collectNamed(pattern: NamePattern): void {
    for (const { path, versions } of candidates(pattern, this.#tree)) {
      if (isUnder(pattern.under, path)) this.#show(path, path, versions, pattern.maxBytes);
    }
  }

  /** Files that are wanted for what is in them have a reading where something was found. */
  #collectRead(): void {
    for (const group of this.#tree.filesByName().values()) {
      for (const { path, versions } of group) {
        if (contentOf(versions)?.readings?.[this.#reader.id] !== undefined) this.#show(path, path, versions, 0);
      }
    }
  }

  #show(asked: string, path: string, versions: readonly FileVersion[], maxBytes: number): void {
    const readings = contentOf(versions)?.readings;
    const reading = readings?.[this.#reader.id];
    if (reading === undefined) {
      if (!this.#isCovered(path)) this.#miss({ kind: 'path', path, maxBytes }, asked);
      return;
    }
    if (reading === null) return;
    this.#byAskedPath.set(asked, reading);
    if (!this.#fragments.has(path)) this.#fragments.set(path, this.#fragment(this.#nameOf(asked, path), versions));
  }

  /** The real path where the reader knows it, else the one it asked for: readers tell files apart by their names. */
  #nameOf(asked: string, path: string): string {
    return this.#reader.files.some((pattern) => matches(pattern, path)) ? path : asked;
  }

  #fragment(path: string, versions: readonly FileVersion[]): VisibleFragment<Json> {
    const stack: { fragment: Json; layer: number }[] = [];
    for (const { layer, readings, contentBelow } of versions) {
      if (contentBelow) continue;
      const fragment = readings?.[this.#reader.id] ?? null;
      if (fragment === null) break;
      stack.push({ fragment, layer });
    }
    const [newest, ...older] = stack;
    return { path, fragment: newest?.fragment ?? null, layer: newest?.layer ?? 0, older };
  }

  /** True when the layers were asked for this path on behalf of this reader. */
  #isCovered(path: string): boolean {
    return this.#selection.wishesFor(path).some((wish) => wish.reader === this.#reader.id);
  }

  #isListed(directory: string, suffix: string): boolean {
    const wishes = this.#selection.wishesFor(`${directory}/x${suffix}`);
    return wishes.some((wish) => wish.reader === this.#reader.id && wish.pattern.kind === 'directory');
  }

  #miss(pattern: PathPattern, askedFor: string): void {
    const { id } = this.#reader;
    const root = pattern.kind === 'path' || pattern.kind === 'directory' ? pattern.path : '';
    if (root !== '') this.#missing.push({ reader: id, pattern, askedFor });
  }
}

function matches(pattern: PathPattern, path: string): boolean {
  if (pattern.kind === 'path') return pattern.path === path;
  if (pattern.kind === 'content' || pattern.kind === 'setuid') return true;
  const slash = path.lastIndexOf('/');
  if (pattern.kind === 'directory')
    return path.slice(0, Math.max(0, slash)) === pattern.path && path.endsWith(pattern.suffix);
  return isNamed(pattern, path);
}

/** Most files have names that few patterns want, so names are looked at before paths. A suffix may reach into the directory: `.dist-info/METADATA`. */
function* candidates(pattern: NamePattern, tree: SquashedTree): Generator<NamedFile> {
  const files = tree.filesByName();
  if (pattern.kind === 'prefix') {
    for (const [name, group] of files) if (name.startsWith(pattern.prefix)) yield* group;
    return;
  }
  const ending = pattern.kind === 'name' ? pattern.name : pattern.suffix;
  const slash = ending.lastIndexOf('/');
  if (pattern.kind === 'name') yield* files.get(ending) ?? [];
  else if (slash >= 0) yield* (files.get(ending.slice(slash + 1)) ?? []).filter(({ path }) => path.endsWith(ending));
  else for (const [name, group] of files) if (name.endsWith(ending)) yield* group;
}

function isUnder(directory: string | undefined, path: string): boolean {
  return !directory || path.startsWith(`${directory}/`);
}

function isNamed(pattern: NamePattern, path: string): boolean {
  if (!isUnder(pattern.under, path)) return false;
  if (pattern.kind === 'suffix') return path.endsWith(pattern.suffix);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return pattern.kind === 'prefix' ? name.startsWith(pattern.prefix) : name === pattern.name;
}
