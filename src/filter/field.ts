/** What may be written behind the name of a field. */
export type FieldType =
  /** One of the words; with an order (the first is the least) it can be compared: `severity>=high`. */
  | { readonly kind: 'word'; readonly words: readonly string[]; readonly isOrdered: boolean }
  /** The whole text, or a pattern with `*` for any number of characters. */
  | { readonly kind: 'pattern' }
  /** Words that begin so, anywhere in the text. */
  | { readonly kind: 'text' }
  /** An account: its id, or `me`. */
  | { readonly kind: 'account' }
  /** A day (`2026-12-31`), or a time from now in the direction of the field: `7d`, `12h`, `2w`. */
  | { readonly kind: 'time'; readonly direction: 'ahead' | 'back' }
  | { readonly kind: 'number' };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** `none` can be written: it has no value. */
  readonly isOptional?: true;
  /** For the reference page: a sentence. */
  readonly about: string;
  /** A term that is valid, for the reference page and the tests. */
  readonly example: string;
}

export type FilterOperator = ':' | '<' | '<=' | '>' | '>=';

/** A value of the type of its field. */
export type FilterValue =
  | { readonly kind: 'word' | 'pattern' | 'text' | 'account'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** From `time` on, before `until`: a day, or a millisecond. */
  | { readonly kind: 'time'; readonly time: Date; readonly until: Date }
  | { readonly kind: 'none' };

/** One condition: one of the values holds, or none of them when it is negated. */
export interface FilterTerm<Name extends string = string> {
  readonly field: Name;
  readonly isNegated: boolean;
  readonly operator: FilterOperator;
  readonly values: readonly FilterValue[];
}

/** All terms hold. None at all: everything. */
export type Filter<Name extends string = string> = readonly FilterTerm<Name>[];
