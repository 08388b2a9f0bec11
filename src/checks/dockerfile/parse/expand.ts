/** Variables of the builder at one instruction. Undefined is a value that only whoever builds knows, or the base image. */
export interface Variables {
  get(name: string): string | undefined;
}

export interface Expansion {
  readonly value: string;
  readonly unknown: readonly string[];
}

/** `ENV A=$B$B`, `ENV B=$A$A` … doubles with every line. */
const MAX_LENGTH = 16 * 1024;
const MAX_DEPTH = 8;

/** Takes quotes away and puts values in: https://docs.docker.com/reference/dockerfile/#environment-replacement. */
export function expandWord(raw: string, variables: Variables, escapeWith: string): Expansion {
  const expander = new Expander(raw, variables, escapeWith);
  const value = expander.until('', 0);
  if (value.length > MAX_LENGTH) return { value: raw.slice(0, MAX_LENGTH), unknown: ['*'] };
  return { value, unknown: [...expander.unknown] };
}

class Expander {
  readonly unknown = new Set<string>();
  readonly #text: string;
  readonly #variables: Variables;
  readonly #escapeWith: string;
  #at = 0;

  constructor(text: string, variables: Variables, escapeWith: string) {
    this.#text = text;
    this.#variables = variables;
    this.#escapeWith = escapeWith;
  }

  /** Up to the closing brace, or to the end. */
  until(close: string, depth: number): string {
    const parts: string[] = [];
    let length = 0;
    let quote = '';
    while (this.#at < this.#text.length && length <= MAX_LENGTH) {
      const character = this.#text[this.#at] ?? '';
      if (close !== '' && quote === '' && character === close) break;
      const part = this.#part(character, quote, depth);
      if (part === undefined) quote = quote === '' ? character : '';
      else {
        parts.push(part);
        length += part.length;
      }
    }
    return parts.join('');
  }

  /** Undefined for a quote that opens or closes. */
  #part(character: string, quote: string, depth: number): string | undefined {
    if (character === this.#escapeWith && quote !== "'") return this.#escaped(quote);
    if (character === '$' && quote !== "'") return this.#variable(depth);
    this.#at += 1;
    const isQuote = quote === '' ? character === '"' || character === "'" : character === quote;
    return isQuote ? undefined : character;
  }

  #escaped(quote: string): string {
    const next = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    const keepsEscape = quote === '"' && next !== '"' && next !== '$' && next !== this.#escapeWith;
    return keepsEscape ? this.#escapeWith + next : next;
  }

  #variable(depth: number): string {
    const begins = this.#at;
    this.#at += 1;
    if (this.#text[this.#at] === '{') return this.#braced(begins, depth);
    const name = this.#name();
    if (name === '') return '$';
    return this.#valueOf(name) ?? this.#text.slice(begins, this.#at);
  }

  #name(): string {
    const found = /[A-Za-z_]\w{0,200}|\d/y;
    found.lastIndex = this.#at;
    const [name = ''] = found.exec(this.#text) ?? [];
    this.#at += name.length;
    return name;
  }

  #braced(begins: number, depth: number): string {
    this.#at += 1;
    const name = this.#name();
    const modifier = /:?[-+?=]|##?|%%?|\/\/?/y;
    modifier.lastIndex = this.#at;
    const [operator = ''] = modifier.exec(this.#text) ?? [];
    this.#at += operator.length;
    if (depth >= MAX_DEPTH) this.#at = this.#text.length;
    const known = new Set(this.unknown);
    const word = this.until('}', depth + 1);
    this.#at += 1;
    const value = this.#variables.get(name);
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('-')) return isSet ? this.#without(known, value) : word;
    if (operator.endsWith('+')) return isSet ? word : this.#without(known, '');
    if (operator === '' || operator.endsWith('?')) return this.#valueOf(name) ?? this.#text.slice(begins, this.#at);
    // Patterns (`${x#prefix}`) are left as they are written: what they give is not needed for any answer.
    this.unknown.add(name);
    return this.#text.slice(begins, this.#at);
  }

  /** The word of a default that is not taken leaves no unknown behind. */
  #without(known: ReadonlySet<string>, value: string): string {
    for (const name of this.unknown) if (!known.has(name)) this.unknown.delete(name);
    return value;
  }

  #valueOf(name: string): string | undefined {
    const value = this.#variables.get(name);
    if (value === undefined) this.unknown.add(name);
    return value;
  }
}
