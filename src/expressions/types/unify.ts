import { DYN, type Signature, type Type } from './type.ts';

/** Finds what the parameters of signatures and the items of empty lists stand for. */
export class Unifier {
  #bound = new Map<string, Type>();
  #count = 0;

  /** A type that is not known yet. */
  unknown(): Type {
    this.#count += 1;
    return { name: `?${this.#count}`, of: [], isParameter: true };
  }

  /** A signature with parameters of its own. */
  fresh({ parameters, result }: Signature): Signature {
    const own = new Map<string, Type>();
    const renewed = (type: Type): Type => {
      if (type.isParameter === true) {
        const known = own.get(type.name) ?? this.unknown();
        own.set(type.name, known);
        return known;
      }
      return type.of.length === 0 ? type : { ...type, of: type.of.map(renewed) };
    };
    return { parameters: parameters.map(renewed), result: renewed(result) };
  }

  resolved(type: Type): Type {
    let one = type;
    while (one.isParameter === true) {
      const next = this.#bound.get(one.name);
      if (next === undefined) return one;
      one = next;
    }
    return one;
  }

  /** With all that was found put in; what was never found is anything. */
  final(type: Type): Type {
    const one = this.resolved(type);
    if (one.isParameter === true) return DYN;
    return one.of.length === 0 ? one : { ...one, of: one.of.map((inner) => this.final(inner)) };
  }

  /** Whether a value of the given type may stand where one is wanted. What it finds is kept only if so. */
  accepts(wanted: Type, given: Type): boolean {
    return this.acceptsAll([wanted], [given]);
  }

  acceptsAll(wanted: readonly Type[], given: readonly Type[]): boolean {
    const before = new Map(this.#bound);
    if (wanted.every((one, index) => this.#unify(one, given[index] ?? DYN))) return true;
    this.#bound = before;
    return false;
  }

  isSame(a: Type, b: Type): boolean {
    const [left, right] = [this.resolved(a), this.resolved(b)];
    return left.name === right.name && left.of.every((one, index) => this.isSame(one, right.of[index] ?? DYN));
  }

  /** The type of what may be either; undefined where they have nothing in common. */
  joined(a: Type, b: Type): Type | undefined {
    const [left, right] = [this.resolved(a), this.resolved(b)];
    if (left.name === 'dyn' || right.name === 'dyn') return DYN;
    return this.accepts(left, right) ? this.#merged(left, right) : undefined;
  }

  /** The looser of two that fit. */
  #merged(a: Type, b: Type): Type {
    const [left, right] = [this.resolved(a), this.resolved(b)];
    if (left.name === 'dyn' || right.name === 'dyn') return DYN;
    if (isNull(left)) return right;
    if (left.of.length === 0 || left.of.length !== right.of.length) return left;
    return { ...left, of: left.of.map((one, index) => this.#merged(one, right.of[index] ?? DYN)) };
  }

  #unify(wanted: Type, given: Type): boolean {
    const [a, b] = [this.resolved(wanted), this.resolved(given)];
    if (a === b || a.name === 'dyn' || b.name === 'dyn') return this.#loosen(a, b);
    if (a.isParameter === true) return this.#bind(a, b);
    if (b.isParameter === true) return this.#bind(b, a);
    if (isNull(b) && isNullable(a)) return true;
    if (isNull(a) && isNullable(b)) return true;
    if (a.name === 'type' && b.name === 'type') return true;
    if (a.name !== b.name || a.of.length !== b.of.length) return false;
    return a.of.every((one, index) => this.#unify(one, b.of[index] ?? DYN));
  }

  /** What meets anything may be anything. */
  #loosen(a: Type, b: Type): boolean {
    if (a.isParameter === true && a !== b) return this.#bind(a, DYN);
    if (b.isParameter === true && a !== b) return this.#bind(b, DYN);
    return true;
  }

  #bind(parameter: Type, type: Type): boolean {
    if (parameter.name === type.name) return true;
    if (this.#contains(type, parameter.name)) return false;
    this.#bound.set(parameter.name, type);
    return true;
  }

  #contains(type: Type, name: string): boolean {
    const one = this.resolved(type);
    return one.name === name || one.of.some((inner) => this.#contains(inner, name));
  }
}

function isNull({ name }: Type): boolean {
  return name === 'null_type';
}

/** Times, optionals and whatever has a name of its own may be absent; plain values may not. */
function isNullable({ name, fields }: Type): boolean {
  return name.includes('.') || name === 'optional_type' || fields !== undefined;
}
