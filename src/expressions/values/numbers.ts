import { Double, EvaluationFault, type Integer, isInteger, Unsigned, type Value } from './value.ts';

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;

/** A 64-bit integer in its one form; an error beyond. */
export function int64(value: bigint): Integer {
  if (value < INT_MIN || value > INT_MAX) throw new EvaluationFault('integer overflow: return error for overflow');
  return narrow(value);
}

export function uint64(value: bigint): Unsigned {
  if (value < 0n || value > UINT_MAX) throw new EvaluationFault('unsigned integer overflow: return error for overflow');
  return new Unsigned(narrow(value));
}

function narrow(value: bigint): Integer {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

export function addIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return int64(BigInt(a) + BigInt(b));
}

export function subtractIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return int64(BigInt(a) - BigInt(b));
}

export function multiplyIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return int64(BigInt(a) * BigInt(b));
}

export function divideIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw new EvaluationFault('divide by zero');
  if (typeof a === 'number' && typeof b === 'number') return (a - (a % b)) / b + 0;
  return int64(BigInt(a) / BigInt(b));
}

export function remainderOfIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw new EvaluationFault('modulus by zero');
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  // The one quotient that does not fit into 64 bits.
  if (a === INT_MIN && b === -1) throw new EvaluationFault('integer overflow');
  return int64(BigInt(a) % BigInt(b));
}

export function negateInteger(a: Integer): Integer {
  return typeof a === 'number' ? 0 - a : int64(-a);
}

/** -1, 0 or 1; undefined where one is not a number. */
export function compareNumbers(a: Integer, b: Integer): number | undefined {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : 0;
}

export function doubleToInt(value: number): Integer {
  // Both ends are excluded: the double next to the largest integer is beyond it.
  if (!(value > -(2 ** 63) && value < 2 ** 63)) throw new EvaluationFault('integer overflow: range error');
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

export function doubleToUint(value: number): Unsigned {
  if (!(value >= 0 && value < 2 ** 64)) throw new EvaluationFault('unsigned integer overflow: range error');
  return uint64(BigInt(Math.trunc(value)));
}

export function parseInteger(text: string): Integer {
  if (!/^[-+]?[0-9]{1,40}$/.test(text))
    throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as int`);
  return int64(BigInt(text.startsWith('+') ? text.slice(1) : text));
}

export function parseUnsigned(text: string): Unsigned {
  if (!/^\+?[0-9]{1,40}$/.test(text))
    throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as uint`);
  return uint64(BigInt(text));
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

export function parseDouble(text: string): Double {
  const special = SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return new Double(special);
  if (text.length > 800 || !/^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text))
    throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as double`);
  return new Double(Number(text));
}

/** The shortest text that reads back as the same number, with an exponent from a million on, as cel-go has it. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Any number as a JavaScript number, for doubles' arithmetic. */
export function toDouble(value: Value): number {
  if (isInteger(value)) return Number(value);
  return value instanceof Double ? value.value : value instanceof Unsigned ? Number(value.value) : Number.NaN;
}
