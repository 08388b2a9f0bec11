import { toDouble } from '../values/numbers.ts';
import { Duration, formatDuration, formatTimestamp, Timestamp } from '../values/times.ts';
import {
  Double,
  EvaluationFault,
  isInteger,
  isList,
  isMap,
  keysOf,
  Opaque,
  TypeName,
  typeNameOf,
  Unsigned,
  type Value,
} from '../values/value.ts';

const MAX_PRECISION = 1000;

/** `"%s has %d of %.2f".format([…])`: `%s %d %f %e %b %o %x %X %%`. */
export function formatText(template: string, values: readonly Value[]): string {
  let used = 0;
  const clause = /%(?:\.([0-9]{1,4}))?([\s\S])?/g;
  const text = template.replace(clause, (_whole, precision: string | undefined, verb: string | undefined) => {
    if (verb === undefined) throw new EvaluationFault('unexpected end of format string: % stands last');
    if (verb === '%') return '%';
    const value = values[used];
    if (value === undefined)
      throw new EvaluationFault(`index ${used} out of range: the list has ${values.length} values`);
    used += 1;
    return formatted(verb, value, precision === undefined ? undefined : Number(precision));
  });
  return text;
}

function formatted(verb: string, value: Value, precision: number | undefined): string {
  switch (verb) {
    case 's':
      return describe(value);
    case 'd':
      return decimal(value);
    case 'f':
      return fixed(value, precision ?? 6);
    case 'e':
      return scientific(value, precision ?? 6);
    case 'b':
      return typeof value === 'boolean' ? (value ? '1' : '0') : inBase(value, 2, 'b');
    case 'o':
      return inBase(value, 8, 'o');
    case 'x':
      return hexadecimal(value);
    case 'X':
      return hexadecimal(value).toUpperCase();
    default:
      throw new EvaluationFault(
        `could not parse formatting clause: unrecognized formatting clause ${JSON.stringify(verb)}`,
      );
  }
}

function refuse(verb: string, value: Value): never {
  throw new EvaluationFault(`error during formatting: %${verb} cannot show ${typeNameOf(value)}`);
}

/** `%s`: any value, nested ones too. */
function describe(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  if (typeof value === 'boolean' || isInteger(value)) return String(value);
  if (value instanceof Unsigned) return String(value.value);
  if (value instanceof Double) return describeDouble(value.value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof TypeName) return value.name;
  if (isList(value)) return `[${value.map(describe).join(', ')}]`;
  if (isMap(value)) return describeMap(value);
  return value instanceof Opaque ? String(value) : refuse('s', value);
}

function describeMap(map: ReadonlyMap<unknown, Value> & Value): string {
  if (!isMap(map)) return '{}';
  const entries = keysOf(map).map((key) => {
    const plain = key instanceof Unsigned ? key.value : key;
    const value =
      typeof plain === 'string' || typeof plain === 'boolean' || isInteger(plain) ? map.get(plain) : undefined;
    return `${describe(key)}: ${describe(value ?? null)}`;
  });
  return `{${entries.sort().join(', ')}}`;
}

function describeDouble(value: number): string {
  return special(value) ?? (Object.is(value, -0) ? '-0' : exponentPadded(String(value)));
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? undefined : value > 0 ? 'Infinity' : '-Infinity';
}

function exponentPadded(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function decimal(value: Value): string {
  if (isInteger(value)) return String(value);
  if (value instanceof Unsigned) return String(value.value);
  if (value instanceof Double) return special(value.value) ?? String(value.value);
  return refuse('d', value);
}

function fixed(value: Value, precision: number): string {
  const number = toDouble(value);
  if (!(value instanceof Double) && !isInteger(value) && !(value instanceof Unsigned)) return refuse('f', value);
  return special(number) ?? withPrecision(precision, (most) => fixedToEven(number, most));
}

/** The platform rounds a number that lies halfway away from zero; C and Go take the even neighbour. */
function fixedToEven(value: number, precision: number): string {
  const rounded = value.toFixed(precision);
  const digits = value.toFixed(Math.min(100, precision + 30));
  const tail = digits.slice(digits.length - (Math.min(100, precision + 30) - precision));
  if (!/^50*$/.test(tail) || !/[13579]$/.test(rounded)) return rounded;
  return digits.slice(0, digits.length - tail.length).replace(/\.$/, '');
}

function scientific(value: Value, precision: number): string {
  if (!(value instanceof Double) && !isInteger(value) && !(value instanceof Unsigned)) return refuse('e', value);
  const number = toDouble(value);
  return special(number) ?? exponentPadded(withPrecision(precision, (most) => number.toExponential(most)));
}

function withPrecision(precision: number, show: (precision: number) => string): string {
  if (precision > MAX_PRECISION)
    throw new EvaluationFault(`error during formatting: more than ${MAX_PRECISION} decimals`);
  return show(Math.min(precision, 100));
}

function inBase(value: Value, base: number, verb: string): string {
  if (isInteger(value)) return value.toString(base);
  return value instanceof Unsigned ? value.value.toString(base) : refuse(verb, value);
}

function hexadecimal(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex');
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : inBase(value, 16, 'x');
}
