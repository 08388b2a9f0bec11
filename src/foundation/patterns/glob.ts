import { type CharacterRange, charactersIn, literal, MAX_NESTING, PatternFault, type PatternNode } from './syntax.ts';

const SLASH = 47;
const withinPart: PatternNode = charactersIn([[SLASH, SLASH]], true);
const anyCharacters: PatternNode = { kind: 'repeat', of: charactersIn([], true), least: 0 };

/**
 * Reads a glob as the tools of the field have it: `*` and `?` stay within one part of a path, `**` as a whole part stands for any
 * number of parts, `[a-z]` and `[!a]` are classes, `{a,b}` alternatives, `\` takes the next character as it is.
 */
export function parseGlob(source: string): PatternNode {
  const reader = new Reader(source);
  return reader.sequence(0);
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  sequence(depth: number): PatternNode {
    if (depth > MAX_NESTING) throw new PatternFault(`has braces nested more than ${MAX_NESTING} deep`);
    const parts: PatternNode[] = [];
    while (this.#at < this.#source.length) {
      const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
      if (depth > 0 && (character === ',' || character === '}')) break;
      this.#at += character.length;
      parts.push(this.#atom(character, depth));
    }
    return { kind: 'sequence', parts };
  }

  #atom(character: string, depth: number): PatternNode {
    switch (character) {
      case '*':
        return this.#star();
      case '?':
        return withinPart;
      case '[':
        return this.#class();
      case '{':
        return this.#alternatives(depth);
      case '\\':
        return literal(this.#next());
      default:
        return literal(character);
    }
  }

  /** `**` beside slashes or ends: with `a/` before or `/b` behind it, no part at all is one of the numbers. */
  #star(): PatternNode {
    const start = this.#at - 1;
    if (this.#source[this.#at] !== '*') return { kind: 'repeat', of: withinPart, least: 0 };
    while (this.#source[this.#at] === '*') this.#at += 1;
    const beginsPart = start === 0 || this.#source[start - 1] === '/';
    if (!beginsPart || this.#source[this.#at] !== '/') return anyCharacters;
    this.#at += 1;
    const parts = { kind: 'sequence' as const, parts: [anyCharacters, literal('/')] };
    return { kind: 'repeat', of: parts, least: 0, most: 1 };
  }

  #alternatives(depth: number): PatternNode {
    const options = [this.sequence(depth + 1)];
    while (this.#source[this.#at] === ',') {
      this.#at += 1;
      options.push(this.sequence(depth + 1));
    }
    if (this.#next() !== '}') throw new PatternFault('has a { that is not closed');
    return { kind: 'choice', options };
  }

  #class(): PatternNode {
    const isNegated = this.#source[this.#at] === '!' || this.#source[this.#at] === '^';
    if (isNegated) this.#at += 1;
    const ranges: CharacterRange[] = isNegated ? [[SLASH, SLASH]] : [];
    for (let isFirst = true; isFirst || this.#source[this.#at] !== ']'; isFirst = false) {
      const from = this.#classMember();
      const isRange = this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']';
      if (isRange) this.#at += 1;
      ranges.push([from, isRange ? this.#classMember() : from]);
    }
    this.#at += 1;
    return charactersIn(ranges, isNegated);
  }

  #classMember(): number {
    const character = this.#next();
    return (character === '\\' ? this.#next() : character).codePointAt(0) ?? 0;
  }

  #next(): string {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) throw new PatternFault('ends too early: a [, { or \\ is left open');
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }
}
