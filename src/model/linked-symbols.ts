/**
 * What of a package a linker kept in a binary. A vulnerability that lies in one function does not concern a binary that the
 * function was never linked into.
 *
 * Held small, since a binary links tens of thousands of functions: their names are hashed, four bytes each. A collision (one in
 * some hundred thousand look-ups) says that a function is linked which is not: the cautious mistake.
 */
export type LinkedSymbols = {
  /** Import paths of the package's parts that are linked in, sorted, joined by `\n`: `net/http\nnet/textproto`. */
  readonly packages: string;
  /**
   * Base64 of the sorted 32-bit FNV-1a hashes, each in four bytes with the lowest first, of `import/path.Function`,
   * `import/path.Type.Method` and `import/path.Type`, inlined functions included. Absent when only the packages are known.
   */
  readonly functions?: string;
};

/** Collects what is linked of one package, a function at a time. */
export class LinkedSymbolCollector {
  /** By import path, the hash of the path and the dot after it. */
  readonly #packages = new Map<string, number>();
  readonly #hashes: number[] = [];

  /** `symbols` as `Function`, `Type.Method` or `Type`. In any order, with repetitions. */
  add(path: string, symbols: readonly string[]): void {
    let start = this.#packages.get(path);
    if (start === undefined) {
      start = hashOf(`${path}.`);
      this.#packages.set(path, start);
    }
    for (const symbol of symbols) this.#hashes.push(hashOf(symbol, start));
  }

  /** Undefined when nothing was added. `knowsFunctions`: false when only packages were. */
  result(knowsFunctions = true): LinkedSymbols | undefined {
    if (this.#packages.size === 0) return undefined;
    const packages = [...this.#packages.keys()].sort().join('\n');
    return knowsFunctions ? { packages, functions: packed(this.#hashes) } : { packages };
  }
}

/** What is linked, given whole: functions as `import/path.Function` or `import/path.Type.Method` of one of the packages. */
export function linkedSymbols(packages: readonly string[], functions?: readonly string[]): LinkedSymbols {
  const collector = new LinkedSymbolCollector();
  for (const path of packages) {
    const own = functions?.filter((name) => name.startsWith(`${path}.`)) ?? [];
    collector.add(
      path,
      own.map((name) => name.slice(path.length + 1)),
    );
  }
  return collector.result(functions !== undefined) ?? { packages: '' };
}

function packed(hashes: readonly number[]): string {
  const sorted = Uint32Array.from(hashes).sort();
  const bytes = Buffer.alloc(sorted.length * 4);
  let length = 0;
  for (const [index, hash] of sorted.entries())
    if (index === 0 || hash !== sorted[index - 1]) length = bytes.writeUInt32LE(hash, length);
  return bytes.toString('base64', 0, length);
}

/** @example hasLinkedPackage(symbols, 'net/http') */
export function hasLinkedPackage({ packages }: LinkedSymbols, path: string): boolean {
  return path !== '' && `\n${packages}\n`.includes(`\n${path}\n`);
}

/**
 * `symbol` as OSV writes it, a function or `Type.Method`. Undefined when the functions are not known.
 *
 * @example hasLinkedFunction(symbols, 'net/http', 'Transport.RoundTrip')
 */
export function hasLinkedFunction(symbols: LinkedSymbols, path: string, symbol: string): boolean | undefined {
  if (!hasLinkedPackage(symbols, path)) return false;
  const hashes = hashesIn(symbols);
  return hashes && isAmong(hashes, hashOf(`${path}.${symbol}`));
}

const decoded = new WeakMap<LinkedSymbols, Buffer>();

function hashesIn(symbols: LinkedSymbols): Buffer | undefined {
  if (symbols.functions === undefined) return undefined;
  const known = decoded.get(symbols);
  if (known) return known;
  const bytes = Buffer.from(symbols.functions, 'base64');
  decoded.set(symbols, bytes);
  return bytes;
}

function isAmong(sorted: Buffer, hash: number): boolean {
  let low = 0;
  let high = Math.floor(sorted.length / 4);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = sorted.readUInt32LE(middle * 4);
    if (found === hash) return true;
    if (found < hash) low = middle + 1;
    else high = middle;
  }
  return false;
}

const OFFSET_BASIS = 0x811c9dc5;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over UTF-8. `start`: the hash of what stands before. */
function hashOf(name: string, start = OFFSET_BASIS): number {
  let hash = start;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code > 0x7f) return hashOfBytes(Buffer.from(name), start);
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash >>> 0;
}

function hashOfBytes(bytes: Buffer, start: number): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
