import type { LayerChange } from '#artifact/index.ts';
import type { FileReadings } from './readers.ts';

/** One state of a file. `readings` is absent where nobody read it. */
export interface FileVersion {
  readonly layer: number;
  readonly readings?: FileReadings;
  /** Only the file's metadata changed: the content is that of the next older version. */
  readonly contentBelow?: boolean;
}

/** `layer` is the last one that had an entry for it; a later deletion in that same layer does not concern it. */
export type TreeNode =
  | { readonly kind: 'directory'; layer: number; readonly children: Map<string, TreeNode> }
  /** Newest first, back to where the path did not exist. */
  | { readonly kind: 'file'; readonly layer: number; readonly versions: readonly FileVersion[] }
  | { readonly kind: 'link'; readonly layer: number; readonly target: string }
  | { readonly kind: 'other'; readonly layer: number };

type Directory = Extract<TreeNode, { kind: 'directory' }>;

export interface NamedFile {
  readonly path: string;
  readonly versions: readonly FileVersion[];
}

interface Step {
  readonly name: string;
  readonly node: Directory;
}

export type Resolution =
  /** `path` has no links in it any more. */
  | { readonly kind: 'found'; readonly path: string; readonly node: TreeNode }
  /** Nothing is known at `path`, where the way led. `blocked`: something on the way is there and is no directory. */
  | { readonly kind: 'absent'; readonly path: string; readonly blocked: boolean }
  /** Links go round in a circle, or on for longer than any system follows. */
  | { readonly kind: 'loop' };

/** As Linux has it (path_resolution(7)). */
const MAX_LINKS = 40;

/** Of directories that no layer has an entry for. */
const NO_LAYER = -1;

/**
 * The tree that layers give when they are unpacked one over the other, as far as their changes are known. It does what an
 * unpacker does, entry by entry: ways to an entry lead over the links that are there at that moment, always inside the root;
 * a directory joins a directory and replaces anything else; anything else replaces whatever was there, with all that was
 * below it. Deletions concern lower layers only, wherever in the layer they stand (OCI image layer specification): the
 * engines differ where a layer deletes what it brought itself, and what is reported here may be gone there, never the reverse.
 */
export class SquashedTree {
  readonly root: Directory = { kind: 'directory', layer: NO_LAYER, children: new Map() };
  /** Hard links whose target is not known, to be looked for. */
  readonly unknownTargets = new Map<string, string>();
  #filesByName: ReadonlyMap<string, readonly NamedFile[]> | undefined;
  /** Archives list a directory's entries one after the other: the way to it is looked up once, until a link or directory goes. */
  #lastParent: { readonly path: string; readonly directory: Directory } | undefined;

  apply(layer: number, changes: readonly LayerChange<FileReadings>[]): void {
    this.#lastParent = undefined;
    this.#filesByName = undefined;
    for (const change of changes) {
      if (change.kind === 'whiteout') this.#delete(layer, change.path);
      else if (change.kind === 'opaque') this.#empty(layer, change.path);
      else this.#place(layer, change);
    }
  }

  /** Follows a path from the root, links included, the last one only if `followLast`. */
  resolve(path: string, followLast = true): Resolution {
    const trail: Step[] = [];
    // The next part of the way is the last element.
    const pending = partsOf(path).reverse();
    for (let links = 0; pending.length > 0; ) {
      const name = pending.pop() ?? '';
      if (name === '..') {
        trail.pop();
        continue;
      }
      const node = (trail.at(-1)?.node ?? this.root).children.get(name);
      const isLast = pending.length === 0;
      if (node?.kind === 'directory') trail.push({ name, node });
      else if (node?.kind === 'link' && (followLast || !isLast)) {
        if (++links > MAX_LINKS) return { kind: 'loop' };
        if (node.target.startsWith('/')) trail.length = 0;
        pending.push(...partsOf(node.target).reverse());
      } else {
        const reached = pathOf(trail, [name, ...pending.reverse()]);
        return node && isLast
          ? { kind: 'found', path: reached, node }
          : { kind: 'absent', path: reached, blocked: node !== undefined };
      }
    }
    return { kind: 'found', path: pathOf(trail, []), node: trail.at(-1)?.node ?? this.root };
  }

  /** All files that are there, by their last name. Made once: ask when all layers are applied. */
  filesByName(): ReadonlyMap<string, readonly NamedFile[]> {
    this.#filesByName ??= groupFiles(this.root);
    return this.#filesByName;
  }

  #delete(layer: number, path: string): void {
    this.#lastParent = undefined;
    const { directory, name } = split(path);
    const parent = this.resolve(directory);
    if (parent.kind === 'found' && parent.node.kind === 'directory') pruneChild(parent.node, name, layer);
  }

  #empty(layer: number, path: string): void {
    this.#lastParent = undefined;
    const found = this.resolve(path);
    if (found.kind !== 'found' || found.node.kind !== 'directory') return;
    for (const name of found.node.children.keys()) pruneChild(found.node, name, layer);
  }

  #place(layer: number, change: Exclude<LayerChange<FileReadings>, { kind: 'whiteout' | 'opaque' }>): void {
    const { directory, name } = split(change.path);
    if (change.kind === 'file' && !change.read && !this.#isTaken(directory, name)) return;
    const parent = name === '' ? undefined : this.#parentAt(directory);
    if (!parent) return;
    const present = parent.children.get(name);
    if (present?.kind === 'link' || (present?.kind === 'directory' && change.kind !== 'directory'))
      this.#lastParent = undefined;
    if (change.kind === 'directory') {
      if (present?.kind === 'directory') present.layer = layer;
      else parent.children.set(name, { kind: 'directory', layer, children: new Map() });
    } else if (change.kind === 'link') parent.children.set(name, { kind: 'link', layer, target: change.target });
    else if (change.kind === 'other') parent.children.set(name, { kind: 'other', layer });
    else {
      const versions = [this.#version(layer, change), ...olderThan(layer, present)];
      parent.children.set(name, { kind: 'file', layer, versions });
    }
  }

  #version(
    layer: number,
    change: Extract<LayerChange<FileReadings>, { kind: 'file' | 'hard-link' | 'content-below' }>,
  ): FileVersion {
    if (change.kind === 'content-below') return { layer, contentBelow: true };
    const readings = change.kind === 'file' ? change.read : this.#readingsOfTarget(change.path, change.target);
    return readings ? { layer, readings } : { layer };
  }

  #readingsOfTarget(path: string, target: string): FileReadings | undefined {
    const found = this.resolve(target, false);
    const version = found.kind === 'found' && found.node.kind === 'file' ? contentOf(found.node.versions) : undefined;
    if (found.kind !== 'loop' && !version?.readings) this.unknownTargets.set(path, found.path);
    return version?.readings;
  }

  /** Whether a change there replaces anything. Most files of most layers are wanted by nobody and replace nothing: they leave no trace here. */
  #isTaken(directory: string, name: string): boolean {
    if (this.#lastParent?.path === directory) return this.#lastParent.directory.children.has(name);
    const found = this.resolve(directory);
    if (found.kind === 'absent') return found.blocked;
    if (found.kind === 'loop' || found.node.kind !== 'directory') return true;
    this.#lastParent = { path: directory, directory: found.node };
    return found.node.children.has(name);
  }

  #parentAt(path: string): Directory | undefined {
    if (this.#lastParent?.path === path) return this.#lastParent.directory;
    const directory = this.#makeDirectory(path);
    this.#lastParent = directory && { path, directory };
    return directory;
  }

  /** The directory at a path, over links that are there, made where it is missing or something else is in its place. */
  #makeDirectory(path: string): Directory | undefined {
    for (let attempt = 0; attempt <= MAX_LINKS; attempt++) {
      const found = this.resolve(path);
      if (found.kind === 'loop') return undefined;
      if (found.kind === 'found' && found.node.kind === 'directory') return found.node;
      this.#makeAll(found.path);
    }
    return undefined;
  }

  #makeAll(path: string): void {
    let directory = this.root;
    for (const name of partsOf(path)) {
      const present = directory.children.get(name);
      if (present?.kind === 'link') return;
      const next: Directory =
        present?.kind === 'directory' ? present : { kind: 'directory', layer: NO_LAYER, children: new Map() };
      directory.children.set(name, next);
      directory = next;
    }
  }
}

function groupFiles(root: Directory): ReadonlyMap<string, readonly NamedFile[]> {
  const groups = new Map<string, NamedFile[]>();
  const pending: { readonly path: string; readonly directory: Directory }[] = [{ path: '', directory: root }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [name, node] of next.directory.children) {
      const path = next.path === '' ? name : `${next.path}/${name}`;
      if (node.kind === 'directory') pending.push({ path, directory: node });
      else if (node.kind === 'file') {
        const group = groups.get(name);
        if (group) group.push({ path, versions: node.versions });
        else groups.set(name, [{ path, versions: node.versions }]);
      }
    }
  }
  return groups;
}

/** Deletes what lower layers brought and leaves what this layer has entries for. */
function pruneChild(parent: Directory, name: string, layer: number): void {
  const node = parent.children.get(name);
  if (!node) return;
  if (node.kind === 'directory') {
    for (const child of node.children.keys()) pruneChild(node, child, layer);
    if (node.children.size === 0 && node.layer !== layer) parent.children.delete(name);
  } else if (node.layer !== layer) parent.children.delete(name);
  else if (node.kind === 'file') {
    parent.children.set(name, { ...node, versions: node.versions.filter((version) => version.layer === layer) });
  }
}

/** The version whose content the newest one has. */
export function contentOf(versions: readonly FileVersion[]): FileVersion | undefined {
  return versions.find((version) => !version.contentBelow);
}

/** A path that occurs twice in a layer has the later content only; that is no older state of it. */
function olderThan(layer: number, present: TreeNode | undefined): readonly FileVersion[] {
  if (present?.kind !== 'file') return [];
  return present.versions.filter((version) => version.layer !== layer);
}

/** The path of a trail and what was still to go; `..` in the latter is taken by its letters, as nothing is there. */
function pathOf(trail: readonly Step[], rest: readonly string[]): string {
  const parts = trail.map(({ name }) => name);
  for (const part of rest) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function split(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { directory: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}
