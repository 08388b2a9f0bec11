import {
  addIntegers,
  compareNumbers,
  divideIntegers,
  multiplyIntegers,
  negateInteger,
  remainderOfIntegers,
  subtractIntegers,
  uint64,
} from '../values/numbers.ts';
import { Duration, Timestamp } from '../values/times.ts';
import {
  Double,
  EvaluationFault,
  equal,
  type Integer,
  keyOf,
  numeric,
  typeNameOf,
  type Unsigned,
  type Value,
  type ValueMap,
} from '../values/value.ts';
import { available, CROSS_TYPE_COMPARISON } from './availability.ts';
import { global, type Overload } from './function.ts';

/** A text or list that grows beyond this in one expression is somebody's attack. */
const MAX_TEXT = 8 * 1024 * 1024;
const MAX_LIST = 1_000_000;

function joinTexts(a: string, b: string): string {
  if (a.length + b.length > MAX_TEXT) throw new EvaluationFault(`a text would be longer than ${MAX_TEXT} characters`);
  return a + b;
}

function joinLists(a: readonly Value[], b: readonly Value[]): Value[] {
  if (a.length + b.length > MAX_LIST) throw new EvaluationFault(`a list would have more than ${MAX_LIST} items`);
  return [...a, ...b];
}

/** Below, equal or above zero; undefined where a double is not a number, which is neither. */
export function order(a: Value, b: Value): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  const left = numeric(a);
  const right = left === undefined ? undefined : numeric(b);
  if (left !== undefined && right !== undefined) {
    const isLossy = a instanceof Double || b instanceof Double;
    return isLossy ? compareNumbers(Number(left), Number(right)) : compareNumbers(left, right);
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return compareNumbers(a.nanos, b.nanos);
  if (a instanceof Duration && b instanceof Duration) return compareNumbers(a.nanos, b.nanos);
  throw new EvaluationFault(`no such overload: ${typeNameOf(a)} and ${typeNameOf(b)} have no order`);
}

/** For sorting: values of one type that has an order. */
export function ordered(a: Value, b: Value): number {
  if (typeNameOf(a) !== typeNameOf(b))
    throw new EvaluationFault('no such overload: the items of the list have several types');
  return order(a, b) ?? 0;
}

/** By code points, as UTF-8 has it; JavaScript's own order differs beyond the first plane. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(code: number): boolean {
  return (code & 0xf800) === 0xd800;
}

export function isIn(value: Value, container: Value): boolean {
  if (container instanceof Map) {
    const key = keyOf(value);
    return key !== undefined && container.has(key);
  }
  return Array.isArray(container) && container.some((item) => equal(item, value));
}

const big = (value: Integer): bigint => BigInt(value);

const unsigned = (work: (a: bigint, b: bigint) => bigint, zero?: string) => (a: Unsigned, b: Unsigned) => {
  if (zero !== undefined && b.value === 0) throw new EvaluationFault(zero);
  return uint64(work(big(a.value), big(b.value)));
};

const double = (work: (a: number, b: number) => number) => (a: Double, b: Double) => new Double(work(a.value, b.value));

const arithmetic: readonly Overload[] = [
  global('_+_', 'int, int -> int', addIntegers),
  global('_+_', 'string, string -> string', joinTexts),
  global('_+_', 'list(A), list(A) -> list(A)', joinLists),
  global(
    '_+_',
    'uint, uint -> uint',
    unsigned((a, b) => a + b),
  ),
  global(
    '_+_',
    'double, double -> double',
    double((a, b) => a + b),
  ),
  global('_+_', 'bytes, bytes -> bytes', (a: Uint8Array, b: Uint8Array) => new Uint8Array(Buffer.concat([a, b]))),
  global('_+_', 'timestamp, duration -> timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.nanos + b.nanos)),
  global('_+_', 'duration, timestamp -> timestamp', (a: Duration, b: Timestamp) => new Timestamp(a.nanos + b.nanos)),
  global('_+_', 'duration, duration -> duration', (a: Duration, b: Duration) => new Duration(a.nanos + b.nanos)),
  global('_-_', 'int, int -> int', subtractIntegers),
  global(
    '_-_',
    'uint, uint -> uint',
    unsigned((a, b) => a - b),
  ),
  global(
    '_-_',
    'double, double -> double',
    double((a, b) => a - b),
  ),
  global('_-_', 'timestamp, timestamp -> duration', (a: Timestamp, b: Timestamp) => longDuration(a.nanos - b.nanos)),
  global('_-_', 'timestamp, duration -> timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.nanos - b.nanos)),
  global('_-_', 'duration, duration -> duration', (a: Duration, b: Duration) => new Duration(a.nanos - b.nanos)),
  global('_*_', 'int, int -> int', multiplyIntegers),
  global(
    '_*_',
    'uint, uint -> uint',
    unsigned((a, b) => a * b),
  ),
  global(
    '_*_',
    'double, double -> double',
    double((a, b) => a * b),
  ),
  global('_/_', 'int, int -> int', divideIntegers),
  global(
    '_/_',
    'uint, uint -> uint',
    unsigned((a, b) => a / b, 'divide by zero'),
  ),
  global(
    '_/_',
    'double, double -> double',
    double((a, b) => a / b),
  ),
  global('_%_', 'int, int -> int', remainderOfIntegers),
  global(
    '_%_',
    'uint, uint -> uint',
    unsigned((a, b) => a % b, 'modulus by zero'),
  ),
  global('-_', 'int -> int', negateInteger),
  global('-_', 'double -> double', (a: Double) => new Double(-a.value)),
  global('!_', 'bool -> bool', (a: boolean) => !a),
];

/** The reference counts differences in 64-bit nanoseconds, about 292 years. */
function longDuration(nanos: bigint): Duration {
  if (BigInt.asIntN(64, nanos) !== nanos) throw new EvaluationFault('duration overflow: range error');
  return new Duration(nanos);
}

const comparisons: readonly [name: string, holds: (order: number) => boolean][] = [
  ['_<_', (one) => one < 0],
  ['_<=_', (one) => one <= 0],
  ['_>_', (one) => one > 0],
  ['_>=_', (one) => one >= 0],
];
const NUMBERS = ['int', 'uint', 'double'];
const ORDERED: readonly (readonly [left: string, right: string])[] = [
  ...NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b] as const)),
  ...['string', 'bool', 'bytes', 'timestamp', 'duration'].map((name) => [name, name] as const),
];

export const operators: readonly Overload[] = [
  ...arithmetic,
  ...comparisons.flatMap(([name, holds]) =>
    ORDERED.flatMap(([left, right]) => {
      const overload = global(name, `${left}, ${right} -> bool`, (a: Value, b: Value) => {
        const found = order(a, b);
        return found !== undefined && holds(found);
      });
      return left === right ? [overload] : available(CROSS_TYPE_COMPARISON, [overload]);
    }),
  ),
  global('_==_', 'A, A -> bool', equal),
  global('_!=_', 'A, A -> bool', (a: Value, b: Value) => !equal(a, b)),
  global('@in', 'A, list(A) -> bool', (a: Value, b: readonly Value[]) => isIn(a, b)),
  global('@in', 'A, map(A, B) -> bool', (a: Value, b: ValueMap) => isIn(a, b)),
];
