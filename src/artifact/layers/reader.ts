import type { FileContent, Problem } from '#foundation/index.ts';
import type { PathPattern } from './file-wish.ts';

/** Anything `JSON.stringify` keeps: fragments are cached on disk and cross threads. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Somebody who turns wanted files into something small: a cataloger, the search for secrets. Whoever walks layers and trees opens,
 * bounds and hands over the files that `files` asks for, resolves whiteouts and caches what `read` returned.
 */
export interface Reader<F extends Json = Json> {
  readonly id: string;
  /** Raised whenever `read` returns something different for the same bytes; part of the layer cache's key. */
  readonly revision: number;
  readonly files: readonly PathPattern[];
  /**
   * Texts (ASCII, at least three characters, upper and lower case alike) of which at least one must occur in a file for it to be of
   * interest. They are looked for on behalf of all readers in one pass; `read` is called only where one was found.
   */
  readonly anchors?: readonly string[];
  /**
   * Pure. Never throws for bad content: what could not be read is a problem. `hits`: where the anchors occur, by offset; empty
   * for readers without.
   */
  read(file: InputFile, hits?: readonly AnchorHit[]): Reading<F>;
}

/** One occurrence of an anchor. */
export interface AnchorHit {
  /** Position in the reader's `anchors`. */
  readonly anchor: number;
  /** Bytes from the start of the file. */
  readonly offset: number;
}

export interface Reading<F> {
  /** Absent when the file holds nothing of interest. */
  readonly fragment?: F;
  readonly problems: readonly Problem[];
}

/**
 * A file's content with random access, so that a large database need not be in memory. A file over `maxBytes` is a problem, never a
 * prefix. Synchronous, and valid until the reader returns.
 */
export interface InputFile extends FileContent {
  /** Inside the root, no leading slash. */
  readonly path: string;
  /** Permission bits with setuid (0o4000), setgid (0o2000) and sticky (0o1000). */
  readonly mode: number;
}
