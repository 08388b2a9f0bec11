import { Duration } from '../values/times.ts';
import { Double, EvaluationFault, isList, Optional, Unsigned, type Value } from '../values/value.ts';
import { available, LATER_NAMES } from './availability.ts';
import { global, member, type Overload } from './function.ts';

/** `or` and `orValue` are also known to the compiler, which leaves out the alternative where it is not needed. */
export const optionals: readonly Overload[] = [
  global('optional.of', 'A -> optional(A)', (value: Value) => new Optional(value)),
  global('optional.ofNonZeroValue', 'A -> optional(A)', (value: Value) =>
    isZero(value) ? Optional.none : new Optional(value),
  ),
  global('optional.none', '-> optional(A)', () => Optional.none),
  member('hasValue', 'optional(A) -> bool', ({ value }: Optional) => value !== undefined),
  member('value', 'optional(A) -> A', ({ value }: Optional) => {
    if (value === undefined) throw new EvaluationFault('optional.none() dereference');
    return value;
  }),
  member('or', 'optional(A), optional(A) -> optional(A)', (a: Optional, b: Optional) =>
    a.value === undefined ? b : a,
  ),
  member('orValue', 'optional(A), A -> A', ({ value }: Optional, other: Value) => value ?? other),
];

export const unwrapping: readonly Overload[] = available(LATER_NAMES, [
  global('optional.unwrap', 'list(optional(A)) -> list(A)', unwrap),
  member('unwrapOpt', 'list(optional(A)) -> list(A)', unwrap),
]);

function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0 || value === '') return true;
  if (value instanceof Double || value instanceof Unsigned) return value.value === 0;
  if (value instanceof Uint8Array || isList(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return value instanceof Duration && value.nanos === 0n;
}

function unwrap(list: readonly Value[]): Value[] {
  return list.flatMap((item) => (item instanceof Optional && item.value !== undefined ? [item.value] : []));
}
