import { compareNumbers, int64, uint64 } from '../values/numbers.ts';
import {
  Double,
  EvaluationFault,
  type Integer,
  numeric,
  typeNameOf,
  type Unsigned,
  type Value,
} from '../values/value.ts';
import { global, type Overload } from './function.ts';

const onDouble = (name: string, work: (value: number) => number): Overload =>
  global(`math.${name}`, 'double -> double', ({ value }: Double) => new Double(work(value)));

const asks = (name: string, test: (value: number) => boolean): Overload =>
  global(`math.${name}`, 'double -> bool', ({ value }: Double) => test(value));

const bits = (name: string, work: (a: bigint, b: bigint) => bigint): Overload[] => [
  global(`math.${name}`, 'int, int -> int', (a: Integer, b: Integer) => int64(work(BigInt(a), BigInt(b)))),
  global(`math.${name}`, 'uint, uint -> uint', (a: Unsigned, b: Unsigned) =>
    uint64(work(BigInt(a.value), BigInt(b.value))),
  ),
];

const shift = (name: string, work: (a: bigint, by: bigint) => bigint): Overload[] => [
  global(`math.${name}`, 'int, int -> int', (a: Integer, by: Integer) =>
    int64(BigInt.asIntN(64, work(BigInt.asUintN(64, BigInt(a)), places(by)))),
  ),
  global(`math.${name}`, 'uint, int -> uint', (a: Unsigned, by: Integer) =>
    uint64(BigInt.asUintN(64, work(BigInt(a.value), places(by)))),
  ),
];

function places(by: Integer): bigint {
  if (by < 0) throw new EvaluationFault(`math.bitShift: negative offset ${by}`);
  return by > 64 ? 64n : BigInt(by);
}

/** The extension `math`. Several arguments of greatest and least come as one list. */
export const mathematics: readonly Overload[] = [
  ...['int', 'uint', 'double'].flatMap((type) => [
    global('math.greatest', `${type} -> ${type}`, (a: Value) => a),
    global('math.least', `${type} -> ${type}`, (a: Value) => a),
  ]),
  global('math.greatest', 'list(A) -> A', (list: readonly Value[]) => extreme(list, 1)),
  global('math.least', 'list(A) -> A', (list: readonly Value[]) => extreme(list, -1)),
  onDouble('ceil', Math.ceil),
  onDouble('floor', Math.floor),
  onDouble('round', (value) => Math.sign(value) * Math.floor(Math.abs(value) + 0.5)),
  onDouble('trunc', Math.trunc),
  onDouble('sqrt', Math.sqrt),
  global('math.sqrt', 'int -> double', (a: Integer) => new Double(Math.sqrt(Number(a)))),
  global('math.sqrt', 'uint -> double', (a: Unsigned) => new Double(Math.sqrt(Number(a.value)))),
  asks('isNaN', Number.isNaN),
  asks('isInf', (value) => Math.abs(value) === Number.POSITIVE_INFINITY),
  asks('isFinite', Number.isFinite),
  onDouble('abs', Math.abs),
  global('math.abs', 'int -> int', (a: Integer) => int64(a < 0 ? -BigInt(a) : BigInt(a))),
  global('math.abs', 'uint -> uint', (a: Unsigned) => a),
  onDouble('sign', Math.sign),
  global('math.sign', 'int -> int', (a: Integer) => compareNumbers(a, 0) ?? 0),
  global('math.sign', 'uint -> uint', (a: Unsigned) => uint64(a.value > 0 ? 1n : 0n)),
  ...bits('bitAnd', (a, b) => a & b),
  ...bits('bitOr', (a, b) => a | b),
  ...bits('bitXor', (a, b) => a ^ b),
  global('math.bitNot', 'int -> int', (a: Integer) => int64(~BigInt(a))),
  global('math.bitNot', 'uint -> uint', (a: Unsigned) => uint64(BigInt.asUintN(64, ~BigInt(a.value)))),
  ...shift('bitShiftLeft', (a, by) => a << by),
  ...shift('bitShiftRight', (a, by) => a >> by),
];

function extreme(list: readonly Value[], sign: number): Value {
  const [first] = list;
  if (first === undefined) throw new EvaluationFault('math.greatest and math.least need at least one number');
  let best = first;
  for (const item of list) {
    const [a, b] = [numeric(item), numeric(best)];
    if (a === undefined || b === undefined)
      throw new EvaluationFault(`no such overload: ${typeNameOf(item)} is no number`);
    if ((compareNumbers(a, b) ?? 0) * sign > 0) best = item;
  }
  return best;
}
