import {
  doubleToInt,
  doubleToUint,
  formatDouble,
  int64,
  parseDouble,
  parseInteger,
  parseUnsigned,
  uint64,
} from '../values/numbers.ts';
import {
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  secondsOf,
  timestampOfSeconds,
} from '../values/times.ts';
import {
  Double,
  EvaluationFault,
  type Integer,
  TypeName,
  typeNameOf,
  type Unsigned,
  type Value,
} from '../values/value.ts';
import { global, type Overload } from './function.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new EvaluationFault('invalid UTF-8 in bytes, cannot convert to string');
    throw error;
  }
}

/** As Go reads them, which the reference does. */
const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);

function parseTruth(text: string): boolean {
  const truth = TRUTHS.get(text);
  if (truth === undefined) throw new EvaluationFault(`cannot read ${JSON.stringify(text.slice(0, 50))} as bool`);
  return truth;
}

const itself = (value: Value): Value => value;

export const conversions: readonly Overload[] = [
  global('int', 'int -> int', itself),
  global('int', 'uint -> int', (a: Unsigned) => int64(BigInt(a.value))),
  global('int', 'double -> int', (a: Double) => doubleToInt(a.value)),
  global('int', 'string -> int', parseInteger),
  global('int', 'timestamp -> int', secondsOf),
  global('uint', 'uint -> uint', itself),
  global('uint', 'int -> uint', (a: Integer) => uint64(BigInt(a))),
  global('uint', 'double -> uint', (a: Double) => doubleToUint(a.value)),
  global('uint', 'string -> uint', parseUnsigned),
  global('double', 'double -> double', itself),
  global('double', 'int -> double', (a: Integer) => new Double(Number(a))),
  global('double', 'uint -> double', (a: Unsigned) => new Double(Number(a.value))),
  global('double', 'string -> double', parseDouble),
  global('string', 'string -> string', itself),
  global('string', 'bool -> string', String),
  global('string', 'int -> string', String),
  global('string', 'uint -> string', (a: Unsigned) => String(a.value)),
  global('string', 'double -> string', (a: Double) => formatDouble(a.value)),
  global('string', 'bytes -> string', textOfBytes),
  global('string', 'timestamp -> string', formatTimestamp),
  global('string', 'duration -> string', formatDuration),
  global('bytes', 'bytes -> bytes', itself),
  global('bytes', 'string -> bytes', (a: string) => new Uint8Array(Buffer.from(a, 'utf8'))),
  global('bool', 'bool -> bool', itself),
  global('bool', 'string -> bool', parseTruth),
  global('timestamp', 'timestamp -> timestamp', itself),
  global('timestamp', 'string -> timestamp', parseTimestamp),
  global('timestamp', 'int -> timestamp', timestampOfSeconds),
  global('duration', 'duration -> duration', itself),
  global('duration', 'string -> duration', parseDuration),
  global('dyn', 'A -> dyn', itself),
  global('type', 'A -> type(A)', (a: Value) => new TypeName(typeNameOf(a))),
];
