import type { Check } from '../syntax/tree.ts';
import type { MappedText } from './mapped-text.ts';

/** A condition with macros put in. The body of a macro is one object wherever the macro stands. */
export type Expanded = ExpandedJunction | ExpandedNegation | PlacedCheck | ExpandedMacro;

export interface ExpandedJunction {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Expanded[];
}

export interface ExpandedNegation {
  readonly kind: 'not';
  readonly part: Expanded;
}

export interface ExpandedMacro {
  readonly kind: 'macro';
  readonly name: string;
  readonly body: Expanded;
}

/** A check, with the text in which its places count. */
export interface PlacedCheck extends Check {
  readonly source: MappedText;
}

/** All checks of a condition, those of macros too. */
export function* checksOf(expression: Expanded): Iterable<PlacedCheck> {
  if (expression.kind === 'check') yield expression;
  else if (expression.kind === 'not') yield* checksOf(expression.part);
  else if (expression.kind === 'macro') yield* checksOf(expression.body);
  else for (const part of expression.parts) yield* checksOf(part);
}
