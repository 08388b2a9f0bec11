import { err, ok, type Result } from '#foundation/index.ts';
import type { FilterOperator } from './field.ts';

/** What is wrong with a filter, and where: for the caret below the query. */
export interface FilterFault {
  /** Of the character, from 0. */
  readonly at: number;
  readonly message: string;
}

/** A term as it stands there. */
export interface WrittenTerm {
  readonly at: number;
  readonly isNegated: boolean;
  /** Absent for words alone. */
  readonly field?: { readonly name: string; readonly operator: FilterOperator };
  readonly values: readonly WrittenValue[];
}

export interface WrittenValue {
  readonly at: number;
  readonly text: string;
}

const MAX_LENGTH = 4000;
const MAX_TERMS = 40;
const MAX_VALUES = 50;

const SPACE = /\s/;
const ENDS_WORD = /[\s,"]/;
const NAME = /[a-z][a-z-]*/y;
const OPERATOR = /<=|>=|[:<>]/y;

/** Reads `-severity:low,info package:"a b" words "a text"`, in one pass from left to right. */
export function readTerms(text: string): Result<readonly WrittenTerm[], FilterFault> {
  if (text.length > MAX_LENGTH)
    return err({ at: MAX_LENGTH, message: `A filter has ${MAX_LENGTH} characters at most.` });
  const reader = new Reader(text);
  const terms: WrittenTerm[] = [];
  while (reader.skipSpace()) {
    if (terms.length === MAX_TERMS) return err({ at: reader.at, message: `A filter has ${MAX_TERMS} terms at most.` });
    const term = reader.term();
    if (!term.ok) return term;
    terms.push(term.value);
  }
  return ok(terms);
}

class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** False at the end. */
  skipSpace(): boolean {
    while (SPACE.test(this.#text[this.at] ?? '')) this.at += 1;
    return this.at < this.#text.length;
  }

  term(): Result<WrittenTerm, FilterFault> {
    const { at } = this;
    const isNegated = this.#text[at] === '-';
    if (isNegated) this.at += 1;
    const field = this.#field();
    const values = this.#values();
    return values.ok ? ok({ at, isNegated, ...(field && { field }), values: values.value }) : values;
  }

  /** A name is one only with an operator behind it: `openssl` alone is a word to look for. */
  #field(): WrittenTerm['field'] {
    const name = this.#match(NAME, this.at);
    const operator = name === undefined ? undefined : this.#match(OPERATOR, this.at + name.length);
    if (name === undefined || operator === undefined) return undefined;
    this.at += name.length + operator.length;
    return { name, operator: operator as FilterOperator };
  }

  #values(): Result<WrittenValue[], FilterFault> {
    const values: WrittenValue[] = [];
    do {
      if (values.length > 0) this.at += 1;
      const value = this.#value();
      if (!value.ok) return value;
      values.push(value.value);
      if (values.length > MAX_VALUES) return err({ at: this.at, message: `A term has ${MAX_VALUES} values at most.` });
    } while (this.#text[this.at] === ',');
    return ok(values);
  }

  #value(): Result<WrittenValue, FilterFault> {
    const { at } = this;
    if (this.#text[at] === '"') return this.#quoted();
    while (this.at < this.#text.length && !ENDS_WORD.test(this.#text[this.at] ?? '')) this.at += 1;
    if (this.at === at) return err({ at, message: 'A value is missing here.' });
    return ok({ at, text: this.#text.slice(at, this.at) });
  }

  #quoted(): Result<WrittenValue, FilterFault> {
    const start = this.at;
    let text = '';
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const character = this.#text[at];
      if (character === '"') {
        this.at = at + 1;
        return text === ''
          ? err({ at: start, message: 'There is nothing between the quotes.' })
          : ok({ at: start, text });
      }
      if (character === '\\') at += 1;
      text += this.#text[at] ?? '';
    }
    return err({ at: start, message: 'This quote is not closed.' });
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }
}
