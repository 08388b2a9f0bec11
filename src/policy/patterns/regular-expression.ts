import { type CharacterRange, charactersIn, literal, MAX_NESTING, PatternFault, type PatternNode } from './syntax.ts';

const DIGITS: CharacterRange[] = [[48, 57]];
const WORD: CharacterRange[] = [...DIGITS, [65, 90], [95, 95], [97, 122]];
const BLANKS: CharacterRange[] = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const CLASSES: ReadonlyMap<string, readonly [ranges: CharacterRange[], isNegated: boolean]> = new Map([
  ['d', [DIGITS, false]],
  ['D', [DIGITS, true]],
  ['w', [WORD, false]],
  ['W', [WORD, true]],
  ['s', [BLANKS, false]],
  ['S', [BLANKS, true]],
]);
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const MAX_REPEAT = 1000;

/**
 * Reads the part of RE2's syntax that people use in lists of exceptions: literals, `.`, classes, groups, alternatives, `* + ? {n,m}`
 * and their lazy forms, `^ $ \b \B`. What cannot be matched in linear time (back-references, look-around) is refused by name.
 */
export function parseRegularExpression(source: string): PatternNode {
  const reader = new Reader(source);
  const node = reader.alternatives(0);
  if (!reader.isAtEnd) throw new PatternFault('has a ) that closes nothing');
  return node;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(depth: number): PatternNode {
    if (depth > MAX_NESTING) throw new PatternFault(`has groups nested more than ${MAX_NESTING} deep`);
    const options = [this.#sequence(depth)];
    while (this.#takes('|')) options.push(this.#sequence(depth));
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  #sequence(depth: number): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.isAtEnd && !'|)'.includes(this.#peek())) parts.push(this.#repeated(this.#atom(depth)));
    return { kind: 'sequence', parts };
  }

  #repeated(of: PatternNode): PatternNode {
    const bounds = this.#bounds();
    if (bounds === undefined) return of;
    // Greedy or lazy: whether it matches is the same.
    this.#takes('?');
    if (this.#bounds() !== undefined) throw new PatternFault('repeats a repetition; put the inner one into a group');
    return { kind: 'repeat', of, ...bounds };
  }

  #bounds(): { least: number; most?: number } | undefined {
    if (this.#takes('*')) return { least: 0 };
    if (this.#takes('+')) return { least: 1 };
    if (this.#takes('?')) return { least: 0, most: 1 };
    const [whole, least = '', comma, most = ''] =
      /^\{(\d{1,5})(,)?(\d{0,5})\}/.exec(this.#source.slice(this.#at, this.#at + 16)) ?? [];
    if (whole === undefined) return undefined;
    this.#at += whole.length;
    const low = Number(least);
    const high = comma === undefined ? low : Number(most);
    if (low > MAX_REPEAT || high > MAX_REPEAT) throw new PatternFault(`repeats more than ${MAX_REPEAT} times`);
    if (comma !== undefined && most === '') return { least: low };
    if (high < low) throw new PatternFault(`has ${whole}, whose limits are the wrong way round`);
    return { least: low, most: high };
  }

  #atom(depth: number): PatternNode {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group(depth);
      case '[':
        return this.#class();
      case '.':
        return charactersIn([[10, 10]], true);
      case '^':
        return { kind: 'place', where: 'start' };
      case '$':
        return { kind: 'place', where: 'end' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new PatternFault(`has a ${character} with nothing before it to repeat`);
      default:
        return literal(character);
    }
  }

  #group(depth: number): PatternNode {
    if (this.#takes('?') && !this.#takes(':')) {
      const name = /^P?<[A-Za-z]\w{0,63}>/.exec(this.#source.slice(this.#at, this.#at + 70))?.[0];
      if (name === undefined) throw new PatternFault('uses look-around or flags, which are not supported');
      this.#at += name.length;
    }
    const inner = this.alternatives(depth + 1);
    if (!this.#takes(')')) throw new PatternFault('has a ( that is not closed');
    return inner;
  }

  #escape(): PatternNode {
    const character = this.#next();
    if (character === 'b') return { kind: 'place', where: 'word-edge' };
    if (character === 'B') return { kind: 'place', where: 'no-word-edge' };
    if (character === 'A') return { kind: 'place', where: 'start' };
    if (character === 'z') return { kind: 'place', where: 'end' };
    const known = CLASSES.get(character);
    return known ? charactersIn(...known) : literal(escaped(character));
  }

  #class(): PatternNode {
    const isNegated = this.#takes('^');
    const ranges: CharacterRange[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const from = this.#classMember(ranges);
      if (from === undefined) continue;
      const isRange = this.#peek() === '-' && this.#source[this.#at + 1] !== ']';
      if (isRange) this.#at += 1;
      const to = isRange ? this.#classMember(ranges) : from;
      if (to === undefined || to < from) throw new PatternFault('has a class whose range is the wrong way round');
      ranges.push([from, to]);
    }
    this.#at += 1;
    return charactersIn(ranges, isNegated);
  }

  /** The code of one character; undefined where a whole class such as `\d` stood, which is added at once. */
  #classMember(ranges: CharacterRange[]): number | undefined {
    const character = this.#next();
    if (character === '[' && this.#peek() === ':')
      throw new PatternFault('uses a class with a name, such as [:alpha:]');
    if (character !== '\\') return character.charCodeAt(0);
    const named = this.#next();
    const known = CLASSES.get(named);
    if (known === undefined) return escaped(named).charCodeAt(0);
    if (known[1]) throw new PatternFault(`uses \\${named} inside of a class`);
    ranges.push(...known[0]);
    return undefined;
  }

  #peek(): string {
    const character = this.#source[this.#at];
    if (character === undefined) throw new PatternFault('ends in the middle of a class');
    return character;
  }

  #next(): string {
    const character = this.#source[this.#at];
    if (character === undefined) throw new PatternFault('ends too early');
    this.#at += 1;
    return character;
  }

  #takes(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

function escaped(character: string): string {
  const control = CONTROLS.get(character);
  if (control !== undefined) return control;
  if (/[A-Za-z0-9]/.test(character)) throw new PatternFault(`uses \\${character}, which is not supported`);
  return character;
}
