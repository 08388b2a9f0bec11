import type { Select } from '../syntax/ast.ts';
import { EvaluationFault, keyOf, Optional, typeNameOf, type Value } from '../values/value.ts';
import type { Step } from './frame.ts';

export function optional(value: Value): Optional {
  if (value instanceof Optional) return value;
  throw new EvaluationFault(`no such overload: ${typeNameOf(value)} is not optional`);
}

export function plainField(of: Step, { field, at }: Select): Step {
  return (frame) => {
    const container = of(frame);
    if (container instanceof Map) {
      const value: Value | undefined = container.get(field);
      if (value !== undefined) return value;
      frame.at = at;
      throw new EvaluationFault(`no such key: ${field}`);
    }
    frame.at = at;
    if (container instanceof Optional) return optionalItem(container, field);
    throw new EvaluationFault(`no such overload: ${typeNameOf(container)} has no field ${field}`);
  };
}

export function testField(of: Step, { field, at, isOptional }: Select): Step {
  return (frame) => {
    const given = of(frame);
    const container = given instanceof Optional ? given.value : given;
    frame.at = at;
    if (container === undefined) return false;
    if (container instanceof Map) return container.has(field);
    if (isOptional) return false;
    throw new EvaluationFault(`no such overload: ${typeNameOf(container)} has no field ${field}`);
  };
}

export function optionalField(of: Step, { field, at }: Select): Step {
  return (frame) => {
    const container = of(frame);
    frame.at = at;
    return optionalItem(container, field);
  };
}

export function optionalItem(given: Value, place: Value): Optional {
  const container = given instanceof Optional ? given.value : given;
  if (container === undefined) return Optional.none;
  const value = found(container, place);
  return value === undefined ? Optional.none : new Optional(value);
}

export function itemOf(container: Value, place: Value): Value {
  const value = found(container, place);
  if (value !== undefined) return value;
  const what = container instanceof Map ? 'no such key' : 'index out of bounds';
  throw new EvaluationFault(`${what}: ${String(keyOf(place) ?? typeNameOf(place))}`);
}

function found(container: Value, place: Value): Value | undefined {
  const key = keyOf(place);
  if (container instanceof Map) {
    if (key === undefined && typeNameOf(place) !== 'double')
      throw new EvaluationFault(`no such overload: ${typeNameOf(place)} is no key`);
    return key === undefined ? undefined : container.get(key);
  }
  if (!Array.isArray(container)) throw new EvaluationFault(`no such overload: ${typeNameOf(container)} has no items`);
  if (typeof key === 'bigint') return undefined;
  if (typeof key !== 'number') throw new EvaluationFault(`no such overload: ${typeNameOf(place)} is no index`);
  return container[key];
}
