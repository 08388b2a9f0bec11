import type { Overload } from '../library/function.ts';
import { isIn, order } from '../library/operators.ts';
import type { Call, Expression } from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import {
  Double,
  EvaluationFault,
  equal,
  isInteger,
  isList,
  isMap,
  Opaque,
  Optional,
  TypeName,
  typeNameOf,
  Unsigned,
  type Value,
} from '../values/value.ts';
import type { Compiler, Local } from './compile.ts';
import { type Frame, type Step, spend, weightOf } from './frame.ts';
import { candidates } from './functions.ts';
import { namespacedName, type Scope } from './scope.ts';

export function compileCall(compiler: Compiler, call: Call, scope: Scope<Local>): Step {
  const { functions, container } = compiler.environment;
  const { target, name } = call;
  const space = target && namespacedName(target, name, scope, compiler.environment);
  const parts: readonly Expression[] =
    target === undefined || space !== undefined ? call.arguments : [target, ...call.arguments];
  const steps = parts.map((part) => compiler.compile(part, scope));
  const quick = target === undefined ? quickOperator(call, steps) : undefined;
  if (quick !== undefined) return quick;
  const lazy = target === undefined || space !== undefined ? undefined : alternative(call, steps);
  if (lazy !== undefined) return lazy;
  const overloads = overloadsOf();
  return dispatch(
    call,
    overloads.filter(({ signature }) => signature.parameters.length === steps.length),
    steps,
  );

  function overloadsOf(): readonly Overload[] {
    if (space !== undefined) return functions.globals(space);
    if (target !== undefined) return functions.members(name);
    return (
      candidates(name, container)
        .map((one) => functions.globals(one))
        .find((found) => found.length > 0) ?? []
    );
  }
}

/** `or` and `orValue` of an optional: the alternative is left out where it is not needed. What is no optional stays, as in cel-go. */
function alternative({ name }: Call, [of, other, more]: readonly Step[]): Step | undefined {
  const isAlternative = name === 'or' || name === 'orValue';
  if (!isAlternative || of === undefined || other === undefined || more !== undefined) return undefined;
  return (frame) => {
    const given = of(frame);
    if (!(given instanceof Optional)) return given;
    if (given.value === undefined) return other(frame);
    return name === 'or' ? given : given.value;
  };
}

type Work = (a: Value, b: Value) => Value | undefined;

/** Operators that take any types, without a search for the overload; undefined where there is none. */
const QUICK: ReadonlyMap<string, Work> = new Map<string, Work>([
  ['_==_', equal],
  ['_!=_', (a, b) => !equal(a, b)],
  ['@in', (a, b) => (b instanceof Map || Array.isArray(b) ? isIn(a, b) : undefined)],
  ['_<_', comparing((found) => found < 0)],
  ['_<=_', comparing((found) => found <= 0)],
  ['_>_', comparing((found) => found > 0)],
  ['_>=_', comparing((found) => found >= 0)],
]);

function comparing(holds: (order: number) => boolean): Work {
  return (a, b) => {
    const found = typeof a === 'number' && typeof b === 'number' ? a - b : order(a, b);
    return found !== undefined && holds(found);
  };
}

function quickOperator({ name, at }: Call, [left, right]: readonly Step[]): Step | undefined {
  if (left === undefined) return undefined;
  if (name === '!_')
    return (frame) => {
      const value = left(frame);
      if (typeof value === 'boolean') return !value;
      frame.at = at;
      throw noOverload(name, [value]);
    };
  const work = QUICK.get(name);
  if (right === undefined || work === undefined) return undefined;
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    frame.at = at;
    spend(frame, 1 + weightOf(b));
    const value = work(a, b);
    if (value === undefined) throw noOverload(name, [a, b]);
    return value;
  };
}

function dispatch({ name, at }: Call, overloads: readonly Overload[], steps: readonly Step[]): Step {
  const choices = overloads.map(({ run, signature }) => ({
    // The guards of the parameters have seen each value before it gets here.
    run: run as (...values: readonly Value[]) => Value,
    guards: signature.parameters.map(guardOf),
  }));
  return (frame) => {
    const values = steps.map((step) => step(frame));
    frame.at = at;
    charge(frame, values);
    for (const { run, guards } of choices) {
      if (!guards.every((guard, index) => guard(values[index] ?? null))) continue;
      const value = run(...values);
      spend(frame, weightOf(value));
      return value;
    }
    throw noOverload(name, values);
  };
}

function charge(frame: Frame, values: readonly Value[]): void {
  let cost = 1;
  for (const value of values) cost += weightOf(value);
  spend(frame, cost);
}

function noOverload(name: string, values: readonly Value[]): EvaluationFault {
  return new EvaluationFault(`no such overload: ${name}(${values.map(typeNameOf).join(', ')})`);
}

const GUARDS: ReadonlyMap<string, (value: Value) => boolean> = new Map<string, (value: Value) => boolean>([
  ['dyn', () => true],
  ['int', isInteger],
  ['string', (value: Value) => typeof value === 'string'],
  ['bool', (value: Value) => typeof value === 'boolean'],
  ['double', (value: Value) => value instanceof Double],
  ['uint', (value: Value) => value instanceof Unsigned],
  ['bytes', (value: Value) => value instanceof Uint8Array],
  ['null_type', (value: Value) => value === null],
  ['list', isList],
  ['map', isMap],
  ['type', (value: Value) => value instanceof TypeName],
]);

function guardOf({ name, isParameter }: Type): (value: Value) => boolean {
  if (isParameter === true) return () => true;
  return GUARDS.get(name) ?? ((value) => value instanceof Opaque && value.typeName === name);
}
