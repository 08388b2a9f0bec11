import { type CharacterTest, ESCAPED_CLASSES, namedClass, testOf, unicodeClass } from './classes.ts';
import { anyCase, charactersIn, literal, MAX_NESTING, PatternFault, type PatternNode } from './syntax.ts';

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);
const MAX_REPEAT = 1000;

interface Flags {
  readonly ignoreCase: boolean;
  readonly manyLines: boolean;
  readonly dotTakesAll: boolean;
  readonly isLazy: boolean;
}

const FLAGS: ReadonlyMap<string, keyof Flags> = new Map([
  ['i', 'ignoreCase'],
  ['m', 'manyLines'],
  ['s', 'dotTakesAll'],
  ['U', 'isLazy'],
]);

/**
 * Reads RE2's syntax. What cannot be matched in linear time (back-references, look-around) is refused by name, as RE2 does.
 */
export function parseRegularExpression(source: string): { readonly node: PatternNode; readonly groups: number } {
  const reader = new Reader(source);
  const node = reader.alternatives(0);
  if (!reader.isAtEnd) throw new PatternFault('has a ) that closes nothing');
  return { node, groups: reader.groups };
}

class Reader {
  readonly #source: string;
  #at = 0;
  #flags: Flags = { ignoreCase: false, manyLines: false, dotTakesAll: false, isLazy: false };
  groups = 0;

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
    while (!this.isAtEnd && !'|)'.includes(this.#peek())) {
      const quoted = this.#quoted();
      parts.push(...quoted.slice(0, -1));
      parts.push(this.#repeated(quoted.at(-1) ?? this.#atom(depth)));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(of: PatternNode): PatternNode {
    const bounds = this.#bounds();
    if (bounds === undefined) return of;
    const isLazy = this.#takes('?') !== this.#flags.isLazy;
    if (this.#bounds() !== undefined) throw new PatternFault('repeats a repetition; put the inner one into a group');
    return { kind: 'repeat', of, ...bounds, isLazy };
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
        return charactersIn(this.#flags.dotTakesAll ? [] : [[10, 10]], true);
      case '^':
        return { kind: 'place', where: this.#flags.manyLines ? 'line-start' : 'start' };
      case '$':
        return { kind: 'place', where: this.#flags.manyLines ? 'line-end' : 'end' };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new PatternFault(`has a ${character} with nothing before it to repeat`);
      default:
        return this.#folded(literal(character));
    }
  }

  #folded(node: PatternNode): PatternNode {
    return this.#flags.ignoreCase ? anyCase(node) : node;
  }

  #group(depth: number): PatternNode {
    const before = this.#flags;
    const head = /^\?(?:P?<([A-Za-z]\w{0,63})>|([imsU]*)(-[imsU]+)?([:)]))/.exec(
      this.#source.slice(this.#at, this.#at + 80),
    );
    if (head === null && this.#peekIs('?'))
      throw new PatternFault('uses look-around or unknown flags, which are not supported');
    const [whole = '', , on = '', off = '', end] = head ?? [];
    this.#at += whole.length;
    if (end !== undefined) this.#flags = withFlags(before, on, off.slice(1));
    if (end === ')') return { kind: 'sequence', parts: [] };
    if (end === undefined) this.groups += 1;
    const index = this.groups;
    const inner = this.alternatives(depth + 1);
    if (!this.#takes(')')) throw new PatternFault('has a ( that is not closed');
    this.#flags = before;
    return end === undefined ? { kind: 'group', of: inner, index } : inner;
  }

  #escape(): PatternNode {
    const character = this.#next();
    if (character === 'b') return { kind: 'place', where: 'word-edge' };
    if (character === 'B') return { kind: 'place', where: 'no-word-edge' };
    if (character === 'A') return { kind: 'place', where: 'start' };
    if (character === 'z') return { kind: 'place', where: 'end' };
    const test = this.#escapedClass(character);
    return this.#folded(
      test ? { kind: 'characters', has: test } : literal(String.fromCodePoint(this.#escaped(character))),
    );
  }

  /** `\Q…\E`: all as it is; what repeats behind it repeats the last character. */
  #quoted(): PatternNode[] {
    if (!this.#source.startsWith('\\Q', this.#at)) return [];
    const start = this.#at + 2;
    const found = this.#source.indexOf('\\E', start);
    const text = this.#source.slice(start, found < 0 ? undefined : found);
    this.#at = found < 0 ? this.#source.length : found + 2;
    const nodes = [...text].map((character) => this.#folded(literal(character)));
    return nodes.length > 0 ? nodes : [{ kind: 'sequence', parts: [] }];
  }

  #escapedClass(character: string): CharacterTest | undefined {
    const known = ESCAPED_CLASSES.get(character);
    if (known !== undefined) return testOf(...known);
    if (character !== 'p' && character !== 'P') return undefined;
    const name = this.#takes('{') ? this.#until('}') : this.#next();
    return unicodeClass(name, character === 'P');
  }

  #until(end: string): string {
    const found = this.#source.indexOf(end, this.#at);
    if (found < 0) throw new PatternFault(`ends before a ${end}`);
    const text = this.#source.slice(this.#at, found);
    this.#at = found + end.length;
    return text;
  }

  #class(): PatternNode {
    const isNegated = this.#takes('^');
    const tests: CharacterTest[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const from = this.#classMember(tests);
      if (from === undefined) continue;
      const isRange = this.#peek() === '-' && this.#source[this.#at + 1] !== ']';
      if (isRange) this.#at += 1;
      const to = isRange ? this.#classMember(tests) : from;
      if (to === undefined || to < from) throw new PatternFault('has a class whose range is the wrong way round');
      tests.push((code) => code >= from && code <= to);
    }
    this.#at += 1;
    const { ignoreCase } = this.#flags;
    const has: CharacterTest = (code) => tests.some((test) => test(code));
    const inner: PatternNode = { kind: 'characters', has };
    const folded = ignoreCase ? anyCase(inner) : inner;
    if (!isNegated || folded.kind !== 'characters') return folded;
    // A sign that is in the class in one case is out of its opposite in all.
    return { kind: 'characters', has: (code) => !folded.has(code) };
  }

  /** The code of one character; undefined where a whole class such as `\d` stood, which is added at once. */
  #classMember(tests: CharacterTest[]): number | undefined {
    const character = this.#next();
    if (character === '[' && this.#takes(':')) {
      tests.push(namedClass(this.#until(':]')));
      return undefined;
    }
    if (character !== '\\') return character.codePointAt(0);
    const named = this.#next();
    const test = this.#escapedClass(named);
    if (test === undefined) return this.#escaped(named);
    tests.push(test);
    return undefined;
  }

  /** The code that an escape stands for. */
  #escaped(character: string): number {
    const control = CONTROLS.get(character);
    if (control !== undefined) return control;
    if (character === 'x') return this.#hexadecimal();
    const octal = /^0[0-7]{0,2}/.exec(character + this.#source.slice(this.#at, this.#at + 2))?.[0];
    if (octal !== undefined) {
      this.#at += octal.length - 1;
      return Number.parseInt(octal, 8);
    }
    if (/[A-Za-z0-9]/.test(character)) throw new PatternFault(`uses \\${character}, which is not supported`);
    return character.codePointAt(0) ?? 0;
  }

  #hexadecimal(): number {
    const text = this.#takes('{') ? this.#until('}') : this.#next() + this.#next();
    const code = /^[0-9a-fA-F]{1,6}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
    if (!(code <= 0x10ffff)) throw new PatternFault(`has \\x${text}, which is no character`);
    return code;
  }

  #peek(): string {
    const character = this.#source[this.#at];
    if (character === undefined) throw new PatternFault('ends in the middle of a class');
    return character;
  }

  #peekIs(character: string): boolean {
    return this.#source[this.#at] === character;
  }

  #next(): string {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) throw new PatternFault('ends too early');
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }

  #takes(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

function withFlags(before: Flags, on: string, off: string): Flags {
  const after = { ...before };
  for (const letter of on) after[FLAGS.get(letter) ?? 'isLazy'] = true;
  for (const letter of off) after[FLAGS.get(letter) ?? 'isLazy'] = false;
  return after;
}
