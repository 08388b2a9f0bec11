/**
 * A value of the language. Integers are plain numbers while they are safe and `bigint` beyond (always within 64 bits), so that
 * ordinary arithmetic costs nothing; doubles and unsigned integers, which are rare in policies, are wrapped.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Double
  | Unsigned
  | Uint8Array
  | readonly Value[]
  | ValueMap
  | TypeName
  | Opaque;

/** A key as the map holds it: `1`, `1u` and `1.0` are one key. */
export type MapKey = boolean | number | bigint | string;
export type ValueMap = ReadonlyMap<MapKey, Value>;
export type Integer = number | bigint;

export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class Unsigned {
  readonly value: Integer;
  constructor(value: Integer) {
    this.value = value;
  }
}

/** A type as a value: what `type(1)` gives. */
export class TypeName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A value with a type of its own: times, optionals, quantities, addresses. */
export abstract class Opaque {
  abstract readonly typeName: string;
  abstract equals(other: Opaque): boolean;
}

/** A map with unsigned keys among its own, which are remembered for those who walk over it. */
export class MixedKeyMap extends Map<MapKey, Value> {
  readonly originals = new Map<MapKey, Value>();
}

export class Optional extends Opaque {
  readonly typeName = 'optional_type';
  static readonly none = new Optional(undefined);
  readonly value: Value | undefined;
  constructor(value: Value | undefined) {
    super();
    this.value = value;
  }
  equals(other: Opaque): boolean {
    if (!(other instanceof Optional)) return false;
    if (this.value === undefined || other.value === undefined) return this.value === other.value;
    return equal(this.value, other.value);
  }
}

/** Why an expression has no value. Thrown inside of this module only; its door gives it back as a value. */
export class EvaluationFault extends Error {
  /** Missing members are ordinary in policies: noting where in the program each was missed would take most of the time. */
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

export function isMap(value: Value): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isInteger(value: Value): value is Integer {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The number behind any of the three numeric types. JavaScript compares numbers with bigints exactly. */
export function numeric(value: Value): Integer | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof Double || value instanceof Unsigned ? value.value : undefined;
}

export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'int';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (isMap(value)) return 'map';
  if (value instanceof Double) return 'double';
  if (value instanceof Unsigned) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  return value instanceof TypeName ? 'type' : value.typeName;
}

/**
 * Deep equality; never an error: values of different types are not equal, except numbers of the same size. Beside a double a large
 * integer is taken for the double next to it, as cel-go does.
 */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof a === 'boolean' || a === null || b === null) return false;
  const isLossy = a instanceof Double || b instanceof Double;
  const left = numeric(a);
  if (left !== undefined) {
    const right = numeric(b);
    if (right === undefined) return false;
    return isLossy ? Number(left) === Number(right) : isSameNumber(left, right);
  }
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null));
  if (isMap(a)) return isMap(b) && equalMaps(a, b);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof TypeName) return b instanceof TypeName && a.name === b.name;
  return a instanceof Opaque && b instanceof Opaque && a.equals(b);
}

function isSameNumber(a: Integer, b: Integer): boolean {
  return !(a < b) && !(a > b) && !Number.isNaN(a) && !Number.isNaN(b);
}

function equalMaps(a: ValueMap, b: ValueMap): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other === undefined || !equal(value, other)) return false;
  }
  return true;
}

/** The key that a value stands for in a map; undefined where it can be none. */
export function keyOf(value: Value): MapKey | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || isInteger(value)) return value;
  if (value instanceof Unsigned) return value.value;
  if (!(value instanceof Double) || !Number.isInteger(value.value)) return undefined;
  return Number.isSafeInteger(value.value) ? value.value + 0 : BigInt(value.value);
}

/** Adds an entry to a map that is being made. */
export function setEntry(map: MixedKeyMap, key: Value, value: Value): void {
  const canonical = key instanceof Double ? undefined : keyOf(key);
  if (canonical === undefined) throw new EvaluationFault(`unsupported key type: ${typeNameOf(key)}`);
  if (map.has(canonical)) throw new EvaluationFault(`insert failed: key ${String(canonical)} already exists`);
  if (key instanceof Unsigned) map.originals.set(canonical, key);
  map.set(canonical, value);
}

export function keysOf(map: ValueMap): Value[] {
  const keys: Value[] = [...map.keys()];
  if (!(map instanceof MixedKeyMap) || map.originals.size === 0) return keys;
  return keys.map((key) => map.originals.get(keyOf(key) ?? '') ?? key);
}

export function sizeOfText(text: string): number {
  let size = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const isPair = (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    if (isPair) size -= 1;
  }
  return size;
}
