import type { Value } from '../values/value.ts';

/** An expression with the place of each part: offsets in UTF-16 code units. */
export type Expression =
  | { readonly kind: 'literal'; readonly at: number; readonly value: Value }
  /** With `isRooted` (`.a.b`) the container is not looked into. */
  | { readonly kind: 'name'; readonly at: number; readonly name: string; readonly isRooted: boolean }
  | Select
  | {
      readonly kind: 'index';
      readonly at: number;
      readonly of: Expression;
      readonly index: Expression;
      readonly isOptional: boolean;
    }
  | Call
  | { readonly kind: 'and' | 'or'; readonly at: number; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'conditional';
      readonly at: number;
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly ListItem[] }
  | { readonly kind: 'map'; readonly at: number; readonly entries: readonly MapItem[] }
  | { readonly kind: 'message'; readonly at: number; readonly name: string; readonly fields: readonly FieldItem[] }
  | Comprehension
  /** `cel.bind`, `optMap` and blocks: names for values, evaluated at most once each, only where they are asked for. */
  | { readonly kind: 'let'; readonly at: number; readonly bindings: readonly Binding[]; readonly body: Expression }
  | {
      readonly kind: 'optional-map';
      readonly at: number;
      readonly of: Expression;
      readonly variable: string;
      readonly body: Expression;
      readonly isFlat: boolean;
    };

export interface Select {
  readonly kind: 'select';
  readonly at: number;
  readonly of: Expression;
  readonly field: string;
  /** `has(a.b)`: whether it is there. */
  readonly isTest: boolean;
  /** `a.?b` */
  readonly isOptional: boolean;
}

/** Operators are calls too: `_+_`, `-_`, `!_`, `_in_`. */
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly target: Expression | undefined;
  readonly arguments: readonly Expression[];
}

export interface ListItem {
  readonly value: Expression;
  readonly isOptional: boolean;
}

export interface MapItem extends ListItem {
  readonly key: Expression;
}

export interface FieldItem extends ListItem {
  readonly field: string;
}

export interface Binding {
  readonly name: string;
  readonly value: Expression;
}

export type ComprehensionKind =
  | 'all'
  | 'exists'
  | 'existsOne'
  | 'filter'
  | 'map'
  | 'transformList'
  | 'transformMap'
  | 'transformMapEntry'
  | 'sortBy';

export interface Comprehension {
  readonly kind: 'comprehension';
  readonly at: number;
  readonly does: ComprehensionKind;
  readonly range: Expression;
  readonly variables: readonly string[];
  /** Of `map`, `transformList` and the like: only for what this holds. */
  readonly filter: Expression | undefined;
  readonly body: Expression;
}

/** Something is wrong with the text of an expression. Thrown inside of this module only. */
export class SyntaxFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
