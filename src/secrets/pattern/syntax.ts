/** A regular expression as a tree, over characters of one byte. */
export type PatternNode =
  /** By character code: 1 where it is one of them. */
  | { readonly kind: 'set'; readonly has: Uint8Array }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly of: PatternNode; readonly least: number; readonly most: number }
  /** `^`, `\b` and the like: no characters. */
  | { readonly kind: 'place' }
  /** Look-ahead and look-behind: no characters, but work. */
  | { readonly kind: 'look'; readonly of: PatternNode };

/** Why a pattern is not accepted; caught at the door of this folder. */
export class PatternFault extends Error {}

/** What `*` and `+` are taken for: no match is longer than the text that a rule gets to see. */
const UNBOUNDED = 4096;
const MAX_REPEAT = 20_000;
const MAX_DEPTH = 20;
const CODES = 256;

/**
 * Parses the part of JavaScript's regular expressions whose cost can be foretold: no back references, no inline flags, no property
 * escapes.
 */
export function parsePattern(source: string): PatternNode {
  const parser = new Parser(source);
  const node = parser.choice(0);
  if (!parser.isAtEnd) throw new PatternFault('has a ) too many');
  return node;
}

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new PatternFault(`has groups nested more than ${MAX_DEPTH} deep`);
    const options = [this.#sequence(depth)];
    while (this.#takes('|')) options.push(this.#sequence(depth));
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };
  }

  #sequence(depth: number): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.isAtEnd && !'|)'.includes(this.#peek())) parts.push(this.#repeated(this.#atom(depth)));
    return { kind: 'sequence', parts };
  }

  #repeated(of: PatternNode): PatternNode {
    const [least, most] = this.#quantifier() ?? [];
    if (least === undefined || most === undefined) return of;
    if (most < least || most > MAX_REPEAT) throw new PatternFault(`repeats something more than ${MAX_REPEAT} times`);
    this.#takes('?');
    if ('*+?{'.includes(this.#peek() || ' ')) throw new PatternFault('has two quantifiers in a row');
    return { kind: 'repeat', of, least, most };
  }

  #quantifier(): readonly [least: number, most: number] | undefined {
    if (this.#takes('*')) return [0, UNBOUNDED];
    if (this.#takes('+')) return [1, UNBOUNDED];
    if (this.#takes('?')) return [0, 1];
    if (this.#peek() !== '{') return undefined;
    const [whole, least, comma, most] =
      /^\{(\d{1,6})(,)?(\d{1,6})?\}/.exec(this.#source.slice(this.#at, this.#at + 16)) ?? [];
    if (whole === undefined) throw new PatternFault('has a { that is no quantifier: write \\{');
    this.#at += whole.length;
    const from = Number(least);
    return [from, comma === undefined ? from : most === undefined ? Math.max(from, UNBOUNDED) : Number(most)];
  }

  #atom(depth: number): PatternNode {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group(depth);
      case '[':
        return this.#class();
      case '.':
        return setOf((code) => code !== 10 && code !== 13);
      case '^':
      case '$':
        return { kind: 'place' };
      case '\\':
        return /[bB]/.test(this.#peek()) ? this.#place() : { kind: 'set', has: this.#escape() };
      default:
        if ('*+?{}'.includes(character))
          throw new PatternFault(`has a ${character} with nothing before it: write \\${character}`);
        return { kind: 'set', has: only(character.charCodeAt(0)) };
    }
  }

  #place(): PatternNode {
    this.#next();
    return { kind: 'place' };
  }

  #group(depth: number): PatternNode {
    const head = /^\?(?:[:=!]|<[=!]|<[A-Za-z]\w{0,30}>)/.exec(this.#source.slice(this.#at, this.#at + 40))?.[0];
    if (head === undefined && this.#peek() === '?')
      throw new PatternFault('has a group of a kind that is not supported');
    this.#at += head?.length ?? 0;
    const of = this.choice(depth + 1);
    if (!this.#takes(')')) throw new PatternFault('has a ( that is not closed');
    return head !== undefined && /^\?<?[=!]$/.test(head) ? { kind: 'look', of } : of;
  }

  #class(): PatternNode {
    const isNegated = this.#takes('^');
    const has = new Uint8Array(CODES);
    while (!this.#takes(']')) this.#addMember(has);
    return isNegated ? setOf((code) => has[code] === 0) : { kind: 'set', has };
  }

  #addMember(has: Uint8Array): void {
    const from = this.#member();
    const isRange =
      this.#peek() === '-' && this.#source[this.#at + 1] !== ']' && from.filter((bit) => bit === 1).length === 1;
    if (!isRange) {
      add(has, from);
      return;
    }
    this.#next();
    const [first, last] = [from.indexOf(1), this.#member().indexOf(1)];
    if (last < first) throw new PatternFault('has a range in [ ] whose end is before its beginning');
    has.fill(1, first, last + 1);
  }

  #member(): Uint8Array {
    const character = this.#next();
    return character === '\\' ? this.#escape() : only(character.charCodeAt(0));
  }

  #escape(): Uint8Array {
    const character = this.#next();
    const known = CLASSES.get(character);
    if (known !== undefined) return known;
    if (character === 'x') return only(Number.parseInt(this.#next() + this.#next(), 16));
    if (/[A-Za-z0-9]/.test(character)) throw new PatternFault(`uses \\${character}, which is not supported`);
    return only(character.charCodeAt(0));
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
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

function setOf(has: (code: number) => boolean): PatternNode & { kind: 'set' } {
  return { kind: 'set', has: Uint8Array.from({ length: CODES }, (_, code) => (has(code) ? 1 : 0)) };
}

function only(code: number): Uint8Array {
  if (!(code < CODES)) throw new PatternFault('has characters beyond Latin-1; files are searched byte by byte');
  const has = new Uint8Array(CODES);
  has[code] = 1;
  return has;
}

function add(to: Uint8Array, from: Uint8Array): void {
  for (let code = 0; code < CODES; code++) if (from[code] === 1) to[code] = 1;
}

const matching = (expression: RegExp) => setOf((code) => expression.test(String.fromCharCode(code))).has;

const CLASSES: ReadonlyMap<string, Uint8Array> = new Map([
  ['d', matching(/\d/)],
  ['D', matching(/\D/)],
  ['w', matching(/\w/)],
  ['W', matching(/\W/)],
  ['s', matching(/\s/)],
  ['S', matching(/\S/)],
  ['n', only(10)],
  ['r', only(13)],
  ['t', only(9)],
  ['v', only(11)],
  ['f', only(12)],
  ['0', only(0)],
]);
