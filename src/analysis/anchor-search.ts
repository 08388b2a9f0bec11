import type { AnchorHit, Reader } from '#artifact/index.ts';
import type { FileContent } from '#foundation/index.ts';
import { type ByteSearch, compileSearch } from '#foundation/search/index.ts';

/** What is looked through at once, so that a large file is never in memory as a whole. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** A file that consists of anchors must not become a list many times its size. */
const MAX_HITS = 50_000;

interface Owner {
  readonly reader: string;
  readonly anchor: number;
}

export interface AnchorFinds {
  /** By reader, each by offset; a reader without a hit is missing. */
  readonly hits: ReadonlyMap<string, readonly AnchorHit[]>;
  /** There are more hits than are kept. */
  readonly isCut: boolean;
}

/** Looks for the anchors of all readers in one pass over a file. */
export class AnchorSearch {
  readonly #texts: readonly string[];
  readonly #owners: readonly (readonly Owner[])[];
  readonly #overlap: number;
  /** Compiled when the first file wants it. */
  #search: ByteSearch | undefined;

  constructor(readers: readonly Reader[]) {
    const owners = new Map<string, Owner[]>();
    for (const { id, anchors = [] } of readers) {
      for (const [anchor, text] of anchors.entries()) {
        const known = owners.get(text.toLowerCase());
        if (known) known.push({ reader: id, anchor });
        else owners.set(text.toLowerCase(), [{ reader: id, anchor }]);
      }
    }
    this.#texts = [...owners.keys()];
    this.#owners = [...owners.values()];
    this.#overlap = Math.max(0, ...this.#texts.map((text) => text.length - 1));
  }

  /** Of the readers in `wanted` only. */
  find(content: FileContent, wanted: ReadonlySet<string>): AnchorFinds {
    this.#search ??= compileSearch(this.#texts);
    const hits = new Map<string, AnchorHit[]>();
    let count = 0;
    const keep = (pattern: number, offset: number) => {
      for (const { reader, anchor } of this.#owners[pattern] ?? []) {
        if (!wanted.has(reader) || ++count > MAX_HITS) continue;
        const known = hits.get(reader);
        if (known) known.push({ anchor, offset });
        else hits.set(reader, [{ anchor, offset }]);
      }
    };
    for (let start = 0; start < content.size && count <= MAX_HITS; start += PIECE_BYTES) {
      const piece = content.slice(start, PIECE_BYTES + this.#overlap);
      this.#search.find(piece, (pattern, offset) => {
        // What begins in the overlap belongs to the next piece.
        if (offset < PIECE_BYTES) keep(pattern, start + offset);
      });
    }
    for (const list of hits.values()) list.sort((a, b) => a.offset - b.offset);
    return { hits, isCut: count > MAX_HITS };
  }
}
