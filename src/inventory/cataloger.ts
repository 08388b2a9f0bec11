import type { Json, PathPattern, Reader } from '#artifact/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { Distribution, Package, PackageType, Unit } from '#model/index.ts';

export type { InputFile, Json, Reading } from '#artifact/index.ts';

/**
 * Reads one kind of package evidence. The engine walks layers and trees, opens, bounds and hands over the files that
 * `files` asks for, resolves whiteouts and caches what `read` returned; a cataloger only turns bytes into values.
 *
 * Two steps, because the files of one package database may lie in different layers:
 *  1. `read` sees one file of one layer and returns a small fragment, cached by the layer's digest;
 *  2. `assemble` sees the fragments that are visible in the finished image and returns packages.
 *
 * @example dpkg: `read` parses `status` to package records and `info/curl.list` to a path list;
 *          `assemble` joins the two and says in which layer each package came in.
 */
export interface Cataloger<F extends Json = Json> extends Unit, Reader<F> {
  readonly type: PackageType;
  /** `installed`: it is there. `declared`: somebody wrote that it should be. */
  readonly evidence: 'installed' | 'declared';
  /** Pure. Fragments come sorted by path. */
  assemble(fragments: readonly VisibleFragment<F>[], context: AssembleContext): Assembly;
}

/** Which files a cataloger wants. Symbolic links on the way to a path or directory are followed, inside the root only. */
export type FilePattern = PathPattern;

export interface VisibleFragment<F> {
  readonly path: string;
  readonly fragment: F;
  /** Layer that the visible file comes from, 0 is the bottom; 0 for a tree. */
  readonly layer: number;
  /** The same path in lower layers, nearest first, back to the point where it did not exist or was deleted. */
  readonly older: readonly { readonly fragment: F; readonly layer: number }[];
}

export interface AssembleContext {
  readonly distribution?: Distribution;
}

export interface Assembly {
  readonly packages: readonly { readonly package: Package; readonly path: string; readonly layer: number }[];
  readonly problems: readonly Problem[];
}

/**
 * The lowest layer from which `has` holds without a gap up to the visible file: the layer that brought something in that is
 * recorded in a file which every later layer rewrites.
 */
export function introducedIn<F>(visible: VisibleFragment<F>, has: (fragment: F) => boolean): number {
  let layer = visible.layer;
  for (const older of visible.older) {
    if (!has(older.fragment)) break;
    layer = older.layer;
  }
  return layer;
}
