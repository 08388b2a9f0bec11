import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import type { Mark, Product } from './product.ts';

const CHUNK = 1024 * 1024;
/** Longer than any `near`. */
const OVERLAP = 64;
/** Of one mark in one file: what follows the hundredth is no version either. */
const MAX_PLACES = 100;

interface Sought {
  readonly product: Product;
  readonly mark: Mark;
  /** Position among the marks of the product. */
  readonly rank: number;
  places: number;
  version?: string;
}

/** The version of each product whose marks are in the file. Reads it once, in parts. */
export function findVersions(file: InputFile, products: readonly Product[]): Map<Product, string> {
  const sought = products.flatMap((product) =>
    product.marks.map((mark, rank): Sought => ({ product, mark, rank, places: 0 })),
  );
  for (let start = 0; start < file.size && sought.some(isOpen); start += CHUNK) {
    const chunk = asBuffer(file.slice(start, CHUNK + OVERLAP));
    for (const one of sought) if (isOpen(one)) searchChunk(file, chunk, start, one);
    // Where the surest mark of every product was found, nothing can be learned from the rest.
    if (products.every((product) => sought.some((one) => one.product === product && one.rank === 0 && one.version)))
      break;
  }
  const found = new Map<Product, string>();
  for (const { product, version } of sought)
    if (version !== undefined && !found.has(product)) found.set(product, version);
  return found;
}

function isOpen({ version, places }: Sought): boolean {
  return version === undefined && places < MAX_PLACES;
}

function searchChunk(file: InputFile, chunk: Buffer, start: number, sought: Sought): void {
  const { near } = sought.mark;
  for (let at = chunk.indexOf(near); at !== -1 && at < CHUNK && isOpen(sought); at = chunk.indexOf(near, at + 1)) {
    sought.places++;
    const version = versionAt(file, start + at, sought.mark);
    if (version !== undefined) sought.version = version;
  }
}

function versionAt(file: InputFile, at: number, { before, after, pattern }: Mark): string | undefined {
  const from = Math.max(0, at - before);
  const window = asBuffer(file.slice(from, at - from + after)).toString('latin1');
  const { version, second, third } = pattern.exec(window)?.groups ?? {};
  if (version === undefined) return undefined;
  return [version, second, third].filter((part) => part !== undefined).join('.');
}
