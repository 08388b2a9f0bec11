import { closeSync, openSync, readSync } from 'node:fs';
import { DamagedInput } from '#foundation/index.ts';

/**
 * Reads a bolt database (https://github.com/etcd-io/bbolt) without its lock, which a running containerd holds for writing.
 * That is sound: a page reachable from the current root is never written to; it can be used again only by the second
 * transaction after the one that freed it. So when the transaction id is the same before and after reading, what was read is
 * one consistent state; otherwise it is read again.
 */
export interface BoltBucket {
  /** The bucket of this name below, if there is one. */
  bucket(name: string): BoltBucket | undefined;
  /** The value of this key, if it has one. */
  value(name: string): Buffer | undefined;
  /** Names of all buckets below. */
  bucketNames(): string[];
}

const MAX_TRIES = 20;
const HEADER_BYTES = 16;
const ELEMENT_BYTES = 16;
const META_BYTES = 64;
const MAGIC = 0xed0cdaed;
const BRANCH_PAGE = 0x01;
const LEAF_PAGE = 0x02;
const BUCKET_ELEMENT = 0x01;
const MAX_DEPTH = 32;
const MAX_PAGES = 200_000;
const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/** Hands one consistent state of the database to `read`. Throws `DamagedInput` for damaged files, system errors for unreadable ones. */
export function readBolt<T>(path: string, read: (root: BoltBucket) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const meta = readMeta(descriptor);
      const pages = new Pages(descriptor, meta.pageSize);
      const outcome = attempt(() => read(bucketAt(pages, meta.root)));
      if (readMeta(descriptor).transaction !== meta.transaction) continue;
      if ('thrown' in outcome) throw outcome.thrown;
      return outcome.value;
    }
    throw new DamagedInput('bolt-busy', `${path} is written to all the time; try again`);
  } finally {
    closeSync(descriptor);
  }
}

/** What a torn read throws may only be believed once it is known that nothing was torn. */
function attempt<T>(run: () => T): { readonly value: T } | { readonly thrown: unknown } {
  try {
    return { value: run() };
  } catch (thrown) {
    return { thrown };
  }
}

interface Meta {
  readonly pageSize: number;
  /** Page of the root bucket. */
  readonly root: number;
  readonly transaction: bigint;
}

/** Two pages take turns holding the root; the valid one with the higher transaction counts. */
function readMeta(descriptor: number): Meta {
  const first = parseMeta(readAt(descriptor, 0, HEADER_BYTES + META_BYTES));
  const sizes = first ? [first.pageSize] : [4096, 8192, 16_384, 32_768, 65_536];
  const seconds = sizes.map((size) => parseMeta(readAt(descriptor, size, HEADER_BYTES + META_BYTES)));
  const valid = [first, ...seconds].filter((meta) => meta !== undefined);
  const newest = valid.reduce<Meta | undefined>(
    (best, meta) => (best && best.transaction > meta.transaction ? best : meta),
    undefined,
  );
  if (!newest) throw damaged('it has no valid beginning');
  return newest;
}

function parseMeta(page: Buffer): Meta | undefined {
  if (page.length < HEADER_BYTES + META_BYTES || page.readUInt32LE(HEADER_BYTES) !== MAGIC) return undefined;
  const meta = page.subarray(HEADER_BYTES);
  const pageSize = meta.readUInt32LE(8);
  if (meta.readUInt32LE(4) !== 2 || meta.readBigUInt64LE(56) !== fnv1a(meta.subarray(0, 56))) return undefined;
  if (pageSize < 1024 || pageSize > 65_536) return undefined;
  return { pageSize, root: Number(meta.readBigUInt64LE(16)), transaction: meta.readBigUInt64LE(48) };
}

function fnv1a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

/** Pages by number, with a bound on how many are read: a damaged file may send readers in circles. */
class Pages {
  readonly #descriptor: number;
  readonly #pageSize: number;
  #read = 0;

  constructor(descriptor: number, pageSize: number) {
    this.#descriptor = descriptor;
    this.#pageSize = pageSize;
  }

  page(number: number): Buffer {
    this.#read += 1;
    if (this.#read > MAX_PAGES || !Number.isSafeInteger(number * this.#pageSize))
      throw damaged('its pages lead in circles or nowhere');
    const header = readAt(this.#descriptor, number * this.#pageSize, this.#pageSize);
    if (header.length < HEADER_BYTES) throw damaged('it ends too early');
    const length = (header.readUInt32LE(12) + 1) * this.#pageSize;
    if (length === this.#pageSize) return header;
    if (length > MAX_PAGE_BYTES) throw damaged('one of its pages is too large');
    return readAt(this.#descriptor, number * this.#pageSize, length);
  }
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, position));
}

function bucketAt(pages: Pages, page: number): BoltBucket {
  return bucketOver(pages, () => elementsOf(pages, pages.page(page), 0));
}

function bucketOver(pages: Pages, elements: () => Iterable<Element>): BoltBucket {
  const find = (name: string, isBucket: boolean): Element | undefined => {
    const key = Buffer.from(name);
    for (const element of elements()) if (element.isBucket === isBucket && element.key.equals(key)) return element;
    return undefined;
  };
  return {
    bucket(name) {
      const element = find(name, true);
      return element && openBucket(pages, element.value);
    },
    value: (name) => find(name, false)?.value,
    bucketNames: () => [...elements()].filter(({ isBucket }) => isBucket).map(({ key }) => key.toString('utf8')),
  };
}

/** A bucket's value is its root page and a counter; small buckets have root 0 and their only page right behind. */
function openBucket(pages: Pages, value: Buffer): BoltBucket {
  if (value.length < 16) throw damaged('a bucket has no root');
  const root = Number(value.readBigUInt64LE(0));
  if (root !== 0) return bucketAt(pages, root);
  return bucketOver(pages, () => elementsOf(pages, value.subarray(16), 0));
}

interface Element {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly isBucket: boolean;
}

function* elementsOf(pages: Pages, page: Buffer, depth: number): Generator<Element> {
  if (page.length < HEADER_BYTES || depth > MAX_DEPTH) throw damaged('its tree is broken');
  const flags = page.readUInt16LE(8);
  const count = page.readUInt16LE(10);
  if (HEADER_BYTES + count * ELEMENT_BYTES > page.length) throw damaged('a page ends too early');
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + index * ELEMENT_BYTES;
    if (flags & LEAF_PAGE) yield leafElement(page, at);
    else if (flags & BRANCH_PAGE) yield* elementsOf(pages, pages.page(Number(page.readBigUInt64LE(at + 8))), depth + 1);
    else throw damaged('a page is of no known kind');
  }
}

function leafElement(page: Buffer, at: number): Element {
  const keyStart = at + page.readUInt32LE(at + 4);
  const valueStart = keyStart + page.readUInt32LE(at + 8);
  const end = valueStart + page.readUInt32LE(at + 12);
  if (end > page.length) throw damaged('an entry leaves its page');
  const isBucket = (page.readUInt32LE(at) & BUCKET_ELEMENT) !== 0;
  return { key: page.subarray(keyStart, valueStart), value: page.subarray(valueStart, end), isBucket };
}

function damaged(what: string): DamagedInput {
  return new DamagedInput('bolt-damaged', `The database is damaged: ${what}`);
}
