import type { Result } from '#foundation/index.ts';
import type { ExpressionFault } from '../syntax/position.ts';
import { EvaluationFault, type MapKey, type Value, type ValueMap } from './value.ts';

/** A map whose values are made when they are first asked for, and kept. */
export function lazyMap(names: Iterable<string>, make: (name: string) => Result<Value, ExpressionFault>): ValueMap {
  return new LazyMap(names, make);
}

const NOT_MADE = null;

class LazyMap extends Map<MapKey, Value> {
  readonly #make: (name: string) => Result<Value, ExpressionFault>;
  readonly #made = new Set<MapKey>();

  constructor(names: Iterable<string>, make: (name: string) => Result<Value, ExpressionFault>) {
    super();
    this.#make = make;
    for (const name of names) super.set(name, NOT_MADE);
  }

  override get(key: MapKey): Value | undefined {
    if (this.#made.has(key) || typeof key !== 'string' || !this.has(key)) return super.get(key);
    const made = this.#make(key);
    if (!made.ok) throw new EvaluationFault(`${key}: ${made.error.message}`);
    super.set(key, made.value);
    this.#made.add(key);
    return made.value;
  }
}
