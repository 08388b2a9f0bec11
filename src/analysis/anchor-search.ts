import type { AnchorHit, Reader } from '#artifact/index.ts';
import type { FileContent } from '#foundation/index.ts';
import { type ByteSearch, compileSearch } from '#foundation/search/index.ts';

/** What is looked through at once, so that a large file is never in memory as a whole. */
const PIECE_BYTES = 1024 * 1024;
/** A file that consists of anchors must not become a list many times its size. */
const MAX_HITS = 50_000;

/** Texts have at most 255 characters. */
const piece = Buffer.allocUnsafeSlow(PIECE_BYTES + 255);

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

/** Looks for the anchors of all readers that want a file in one pass over it. */
export class AnchorSearch {
  readonly #readers: readonly Reader[];
  /** By the ids of the readers in order: few combinations occur, and fewer texts are found faster. */
  readonly #searches = new Map<string, CommonSearch>();

  constructor(readers: readonly Reader[]) {
    this.#readers = readers.filter(({ anchors }) => anchors !== undefined);
  }

  /** Of the readers in `wanted` only. */
  find(content: FileContent, wanted: readonly string[]): AnchorFinds {
    const key = wanted.toSorted().join();
    const search = this.#searches.get(key) ?? commonSearch(this.#readers.filter(({ id }) => wanted.includes(id)));
    this.#searches.set(key, search);
    return findIn(content, search);
  }
}

interface CommonSearch {
  readonly search: ByteSearch;
  /** Whose each text is. */
  readonly owners: readonly (readonly Owner[])[];
  /** Bytes by which one piece reaches into the next. */
  readonly overlap: number;
}

function commonSearch(readers: readonly Reader[]): CommonSearch {
  const owners = new Map<string, Owner[]>();
  for (const { id, anchors = [] } of readers) {
    for (const [anchor, text] of anchors.entries()) {
      const known = owners.get(text.toLowerCase());
      if (known) known.push({ reader: id, anchor });
      else owners.set(text.toLowerCase(), [{ reader: id, anchor }]);
    }
  }
  const texts = [...owners.keys()];
  return {
    search: compileSearch(texts),
    owners: [...owners.values()],
    overlap: Math.max(0, ...texts.map((text) => text.length - 1)),
  };
}

function findIn(content: FileContent, { search, owners, overlap }: CommonSearch): AnchorFinds {
  const hits = new Map<string, AnchorHit[]>();
  let count = 0;
  const keep = (pattern: number, offset: number) => {
    for (const { reader, anchor } of owners[pattern] ?? []) {
      if (++count > MAX_HITS) return;
      const known = hits.get(reader);
      if (known) known.push({ anchor, offset });
      else hits.set(reader, [{ anchor, offset }]);
    }
  };
  for (let start = 0; start < content.size && count <= MAX_HITS; start += PIECE_BYTES) {
    const target = piece.subarray(0, Math.min(PIECE_BYTES + overlap, content.size - start));
    search.find(content.read(start, target), (pattern, offset) => {
      // What begins in the overlap belongs to the next piece.
      if (offset < PIECE_BYTES) keep(pattern, start + offset);
    });
  }
  // They come in the order of their ends.
  for (const list of hits.values()) list.sort((a, b) => a.offset - b.offset);
  return { hits, isCut: count > MAX_HITS };
}
