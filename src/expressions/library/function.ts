import { parseSignature, type Signature } from '../types/type.ts';
import type { Value } from '../values/value.ts';
import type { Availability } from './availability.ts';

/** One way to call a function. The same name may have several, told apart by their parameters. */
export interface Overload {
  /** With its namespace: `size`, `math.greatest`, `_+_`. */
  readonly name: string;
  /** Called as `a.name(b)`; the target is the first parameter. */
  readonly isMember: boolean;
  readonly signature: Signature;
  /** Gets values of the types that the signature says; throws an EvaluationFault. */
  readonly run: (...values: never[]) => Value;
  /** In an API server; absent of what each has. */
  readonly availability?: Availability;
}

/** `global('size', 'list(A) -> int', run)` */
export function global(name: string, signature: string, run: Overload['run']): Overload {
  return { name, isMember: false, signature: parseSignature(signature), run };
}

/** `member('size', 'list(A) -> int', run)`: for `list.size()`. */
export function member(name: string, signature: string, run: Overload['run']): Overload {
  return { name, isMember: true, signature: parseSignature(signature), run };
}
