import { addIntegers, uint64 } from '../values/numbers.ts';
import { Duration } from '../values/times.ts';
import {
  Double,
  EvaluationFault,
  equal,
  type Integer,
  isInteger,
  isList,
  keyOf,
  Optional,
  typeNameOf,
  Unsigned,
  type Value,
} from '../values/value.ts';
import { available, declared, LATER_NAMES } from './availability.ts';
import { global, member, type Overload } from './function.ts';
import { ordered } from './operators.ts';

type List = readonly Value[];
const MAX_RANGE = 100_000;
/** Comparing each with each is only for short lists; texts and numbers are found by their key. */
const MAX_PAIRWISE = 5000;

/** The extension `lists`. */
export const lists: readonly Overload[] = [
  member('slice', 'list(A), int, int -> list(A)', slice),
  member('flatten', 'list(A) -> list(dyn)', (list: List) => flatten(list, 1)),
  member('flatten', 'list(A), int -> list(dyn)', (list: List, depth: Integer) => flatten(list, depth)),
  member('distinct', 'list(A) -> list(A)', distinct),
  member('sort', 'list(A) -> list(A)', (list: List) => [...list].sort(ordered)),
  member('reverse', 'list(A) -> list(A)', (list: List) => [...list].reverse()),
  global('lists.range', 'int -> list(int)', range),
];

export const optionalItems: readonly Overload[] = available(LATER_NAMES, [
  member('first', 'list(A) -> optional(A)', (list: List) => optionalOf(list[0])),
  member('last', 'list(A) -> optional(A)', (list: List) => optionalOf(list.at(-1))),
]);

/** What Kubernetes adds for lists. */
export const kubernetesLists: readonly Overload[] = [
  member('isSorted', 'list(A) -> bool', (list: List) =>
    list.every((item, at) => at === 0 || ordered(list[at - 1] ?? null, item) <= 0),
  ),
  member('sum', 'list(A) -> A', sum),
  member('min', 'list(A) -> A', (list: List) => extreme(list, -1)),
  member('max', 'list(A) -> A', (list: List) => extreme(list, 1)),
  member('indexOf', 'list(A), A -> int', (list: List, wanted: Value) => list.findIndex((item) => equal(item, wanted))),
  member('lastIndexOf', 'list(A), A -> int', (list: List, wanted: Value) =>
    list.findLastIndex((item) => equal(item, wanted)),
  ),
  ...available(declared(37), [
    member('includes', 'list(A), A -> bool', (list: List, wanted: Value) => list.some((item) => equal(item, wanted))),
  ]),
];

/** The extension `sets`: lists as sets. */
export const sets: readonly Overload[] = [
  global('sets.contains', 'list(A), list(A) -> bool', containsAll),
  global('sets.equivalent', 'list(A), list(A) -> bool', (a: List, b: List) => containsAll(a, b) && containsAll(b, a)),
  global('sets.intersects', 'list(A), list(A) -> bool', intersects),
];

function optionalOf(value: Value | undefined): Optional {
  return value === undefined ? Optional.none : new Optional(value);
}

function slice(list: List, from: Integer, to: Integer): Value {
  if (from < 0 || to > list.length || from > to)
    throw new EvaluationFault(`index out of range: slice(${from}, ${to}) of a list of ${list.length}`);
  return list.slice(Number(from), Number(to));
}

function flatten(list: List, depth: Integer): Value[] {
  if (depth < 0) throw new EvaluationFault('flatten: level must be non-negative');
  const flat: Value[] = [];
  for (const item of list) {
    if (isList(item) && depth >= 1) flat.push(...(depth > 1 ? flatten(item, Number(depth) - 1) : item));
    else flat.push(item);
    if (flat.length > MAX_RANGE * 10) throw new EvaluationFault('flatten would make a list that is too long');
  }
  return flat;
}

/** Whether a list holds a value, quickly for what can be a key. */
function membership(list: List): (value: Value) => boolean {
  const keys = new Set<unknown>();
  const others: Value[] = [];
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined) others.push(item);
    else keys.add(key);
  }
  if (others.length > MAX_PAIRWISE)
    throw new EvaluationFault(`a list of more than ${MAX_PAIRWISE} objects cannot be a set`);
  return (value) => {
    const key = keyOf(value);
    return key === undefined ? others.some((other) => equal(other, value)) : keys.has(key);
  };
}

function containsAll(list: List, wanted: List): boolean {
  return wanted.every(membership(list));
}

function intersects(a: List, b: List): boolean {
  return b.some(membership(a));
}

function distinct(list: List): Value[] {
  const seen = new Set<unknown>();
  const others: Value[] = [];
  return list.filter((item) => {
    const key = keyOf(item);
    if (key !== undefined) return !seen.has(key) && seen.add(key) !== undefined;
    if (others.some((other) => equal(other, item))) return false;
    if (others.push(item) > MAX_PAIRWISE) throw new EvaluationFault(`distinct of more than ${MAX_PAIRWISE} objects`);
    return true;
  });
}

function range(count: Integer): number[] {
  if (count > MAX_RANGE) throw new EvaluationFault(`lists.range: more than ${MAX_RANGE} numbers`);
  return Array.from({ length: Math.max(0, Number(count)) }, (_none, index) => index);
}

function extreme(list: List, sign: number): Value {
  const [first] = list;
  if (first === undefined) throw new EvaluationFault('min or max called on an empty list');
  return list.reduce<Value>((best, item) => (ordered(item, best) * sign > 0 ? item : best), first);
}

function sum(list: List): Value {
  const [first] = list;
  if (first === undefined) return 0;
  return list.slice(1).reduce<Value>(plus, first);
}

function plus(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return addIntegers(a, b);
  if (a instanceof Double && b instanceof Double) return new Double(a.value + b.value);
  if (a instanceof Unsigned && b instanceof Unsigned) return uint64(BigInt(a.value) + BigInt(b.value));
  if (a instanceof Duration && b instanceof Duration) return new Duration(a.nanos + b.nanos);
  throw new EvaluationFault(`no such overload: sum of ${typeNameOf(a)} and ${typeNameOf(b)}`);
}
