import type { OnHit } from './automaton.ts';
import type { ByteSearch } from './byte-search.ts';
import { PairSearch } from './pair-search.ts';
import { WHOLE_WORD, WordSearch } from './word-search.ts';

export type { ByteSearch } from './byte-search.ts';

/** `texts`: ASCII, 3 to 255 characters each; anything else is a bug of the caller and throws. */
export function compileSearch(texts: readonly string[]): ByteSearch {
  const unfit = texts.find((text) => !/^[\0-\x7f]{3,255}$/.test(text));
  if (unfit !== undefined) throw new RangeError(`not 3 to 255 ASCII characters: ${JSON.stringify(unfit)}`);
  const shortest = shortestForWords(texts);
  const numbers = [...texts.keys()];
  const isLong = (number: number) => (texts[number]?.length ?? 0) >= shortest;
  return new JoinedSearch([
    partOf(texts, numbers.filter(isLong), (own) => new WordSearch(own)),
    partOf(
      texts,
      numbers.filter((number) => !isLong(number)),
      (own) => new PairSearch(own),
    ),
  ]);
}

/** Texts a byte too short for whole words fill the table for words: so few do not. */
const FEW = 8;

function shortestForWords(texts: readonly string[]): number {
  const nearly = texts.filter(({ length }) => length === WHOLE_WORD - 1);
  return nearly.length <= FEW ? WHOLE_WORD - 1 : WHOLE_WORD;
}

/** Some of the texts, with their positions in the whole list. */
interface Part {
  readonly search: ByteSearch | undefined;
  readonly numbers: readonly number[];
}

function partOf(texts: readonly string[], numbers: readonly number[], make: (own: string[]) => ByteSearch): Part {
  const own = numbers.flatMap((number) => texts[number] ?? []);
  return { numbers, search: own.length > 0 ? make(own) : undefined };
}

/** Two passes over the input, of which the one for long texts takes little, are faster than one that has to be for all. */
class JoinedSearch implements ByteSearch {
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  find(bytes: Uint8Array, onHit: OnHit): void {
    for (const { search, numbers } of this.#parts)
      search?.find(bytes, (text, offset) => onHit(numbers[text] ?? 0, offset));
  }
}
