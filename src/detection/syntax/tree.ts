/** The tree of a condition. `at` is the place of a node's first character in the text of its condition. */
export type Expression = Conjunction | Disjunction | Negation | Check | MacroReference;

export interface Conjunction {
  readonly kind: 'and';
  readonly parts: readonly Expression[];
  readonly at: number;
}

export interface Disjunction {
  readonly kind: 'or';
  readonly parts: readonly Expression[];
  readonly at: number;
}

export interface Negation {
  readonly kind: 'not';
  readonly part: Expression;
  readonly at: number;
}

/** The name of a macro, for which its condition stands. */
export interface MacroReference {
  readonly kind: 'macro';
  readonly name: string;
  readonly at: number;
}

/** `proc.name in (a, b)`, `fd.name exists`, `tolower(proc.name) startswith oneof (x, y)` */
export interface Check {
  readonly kind: 'check';
  readonly left: Operand;
  readonly operator: Operator;
  readonly modifier: Modifier | undefined;
  /** Nothing for `exists`. */
  readonly right: Operand | Value | ValueList | undefined;
  readonly at: number;
}

export type Operand = FieldOperand | Transformation;

export interface FieldOperand {
  readonly kind: 'field';
  readonly name: string;
  /** What stands in brackets; `''` is not the same as nothing. */
  readonly argument: string | undefined;
  readonly at: number;
}

export interface Transformation {
  readonly kind: 'transformation';
  readonly name: Transformer;
  readonly inputs: readonly TransformerInput[];
  readonly argument: string | undefined;
  readonly at: number;
}

export type TransformerInput = Operand | Value | OperandList;

export interface OperandList {
  readonly kind: 'operands';
  readonly items: readonly (Operand | Value)[];
  readonly at: number;
}

export interface Value {
  readonly kind: 'value';
  readonly text: string;
  readonly at: number;
}

export interface ValueList {
  readonly kind: 'values';
  readonly texts: readonly string[];
  readonly at: number;
}

export const numberOperators = ['<=', '<', '>=', '>'] as const;
export const textOperators = [
  '==',
  '=',
  '!=',
  'glob',
  'iglob',
  'contains',
  'icontains',
  'bcontains',
  'startswith',
  'bstartswith',
  'endswith',
  'regex',
] as const;
export const listOperators = ['intersects', 'in', 'pmatch'] as const;
export const modifiers = ['oneof', 'anyof', 'allof'] as const;
export const transformers = ['tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'] as const;

export type Operator =
  | 'exists'
  | (typeof numberOperators)[number]
  | (typeof textOperators)[number]
  | (typeof listOperators)[number];
export type Modifier = (typeof modifiers)[number];
/** `val` stands on the right only and takes a field as it is. */
export type Transformer = (typeof transformers)[number] | 'val';
