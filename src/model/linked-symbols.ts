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

/** `functions` as `import/path.Function` or `import/path.Type.Method`, in any order, with repetitions. */
export function linkedSymbols(packages: Iterable<string>, functions?: Iterable<string>): LinkedSymbols {
  const paths = [...new Set(packages)].sort().join('\n');
  if (functions === undefined) return { packages: paths };
  const hashes = new Set<number>();
  for (const name of functions) hashes.add(hashOf(name));
  const bytes = Buffer.alloc(hashes.size * 4);
  Uint32Array.from(hashes)
    .sort()
    .forEach((hash, index) => {
      bytes.writeUInt32LE(hash, index * 4);
    });
  return { packages: paths, functions: bytes.toString('base64') };
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

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over UTF-8. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code > 0x7f) return hashOfBytes(Buffer.from(name));
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash >>> 0;
}

function hashOfBytes(bytes: Buffer): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
