import type { FileContent, Problem } from '#foundation/index.ts';
import type { FileWish } from './file-wish.ts';

/**
 * What a layer does to the tree below it, in the order of the layer, as far as it decides which wanted files exist. `T` is
 * what was read from a wanted file.
 */
export type LayerChange<T> =
  /** A directory: joins one below, replaces anything else. */
  | { readonly kind: 'directory'; readonly path: string }
  /** A file. `read` is absent when nobody wanted it or when it could not be read. */
  | { readonly kind: 'file'; readonly path: string; readonly read?: T }
  /** A symbolic link with its target as written. */
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** Another name for a file that is not in this layer (before it, at least). */
  | { readonly kind: 'hard-link'; readonly path: string; readonly target: string }
  /** A file of an overlay whose content stayed in the layers below. */
  | { readonly kind: 'content-below'; readonly path: string }
  /** A device, pipe or socket. */
  | { readonly kind: 'other'; readonly path: string }
  /** Deletes what lies at this path in the layers below. */
  | { readonly kind: 'whiteout'; readonly path: string }
  /** Hides what lies in this directory in the layers below. */
  | { readonly kind: 'opaque'; readonly path: string };

export interface WantedFile {
  readonly path: string;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly wishes: readonly FileWish[];
  /** Valid during the call only. */
  readonly content: FileContent;
}

/** Turns a wanted file into what is kept of it; `undefined` when that is nothing. */
export type ReadFile<T> = (file: WantedFile) => T | undefined;

export interface LayerWalk<T> {
  readonly changes: readonly LayerChange<T>[];
  /** Entries walked. */
  readonly entries: number;
  /** Uncompressed bytes walked over. */
  readonly bytes: number;
  /** `sha256:…` of the uncompressed archive, when asked for and when it was read to its end. */
  readonly diffId?: string;
  readonly problems: readonly Problem[];
}

export interface LayerLimits {
  /** Changes that are kept; a layer with more is walked on, but what it changes beyond is not known. */
  readonly maxChanges: number;
}

export const defaultLayerLimits: LayerLimits = { maxChanges: 2_000_000 };
