import { nearestWords } from '#foundation/index.ts';
import type { Environment } from '../evaluate/environment.ts';
import { candidates } from '../evaluate/functions.ts';
import { namespacedName, resolve, Scope } from '../evaluate/scope.ts';
import {
  type Availability,
  CROSS_TYPE_COMPARISON,
  LISTS,
  NEVER,
  OPTIONALS,
  TWO_VARIABLES,
} from '../library/availability.ts';
import type { Overload } from '../library/function.ts';
import type { Call, Comprehension, Expression, ListItem, MapItem, Select } from '../syntax/ast.ts';
import { typeNameOf } from '../values/value.ts';
import { BOOL, DYN, describeType, INT, listOf, mapOf, optionalOf, type Type, typeOf } from './type.ts';
import { Unifier } from './unify.ts';

export interface TypeFault {
  readonly at: number;
  readonly message: string;
  readonly isMissingField?: true;
}

/** A part of the language that not every API server has. */
export interface Need {
  readonly at: number;
  /** `transformList`, `optional syntax`, … */
  readonly what: string;
  readonly availability: Availability;
}

export interface Checked {
  readonly type: Type;
  readonly faults: readonly TypeFault[];
  readonly needs: readonly Need[];
}

/** Finds the type of an expression, what can never be evaluated, and what it needs of an API server. */
export function check(expression: Expression, environment: Environment): Checked {
  const checker = new Checker(environment);
  const type = checker.typeOf(expression, new Scope(new Map()));
  return { type: checker.final(type), faults: checker.faults, needs: [...checker.needs.values()] };
}

class Checker {
  readonly faults: TypeFault[] = [];
  /** By what is needed: the first place of each. */
  readonly needs = new Map<string, Need>();
  readonly #environment: Environment;
  readonly #unifier = new Unifier();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  final(type: Type): Type {
    return this.#unifier.final(type);
  }

  #fault({ at }: { at: number }, message: string): Type {
    this.faults.push({ at, message });
    return DYN;
  }

  #need({ at }: { at: number }, what: string, availability: Availability | undefined): void {
    if (availability !== undefined && !this.needs.has(what)) this.needs.set(what, { at, what, availability });
  }

  typeOf(expression: Expression, scope: Scope<Type>): Type {
    switch (expression.kind) {
      case 'literal':
        return { name: typeNameOf(expression.value), of: [] };
      case 'name':
      case 'select':
        return this.#named(expression, scope) ?? this.#selected(expression, scope);
      case 'index':
        return this.#indexed(expression, scope);
      case 'call':
        return this.#call(expression, scope);
      case 'and':
      case 'or':
        for (const one of expression.operands) this.#expect(one, BOOL, scope);
        return BOOL;
      case 'conditional': {
        this.#expect(expression.test, BOOL, scope);
        const yes = this.typeOf(expression.yes, scope);
        const no = this.typeOf(expression.no, scope);
        return (
          this.#unifier.joined(yes, no) ??
          this.#fault(
            expression,
            `the results have the types ${this.#show(yes)} and ${this.#show(no)}; use dyn() where both are meant`,
          )
        );
      }
      case 'list':
        return this.#list(expression.items, scope);
      case 'map':
        return this.#map(expression.entries, scope);
      case 'message':
        for (const { value } of expression.fields) this.typeOf(value, scope);
        return this.#fault(expression, `unknown message type ${expression.name}`);
      case 'comprehension':
        return this.#comprehension(expression, scope);
      case 'let': {
        this.#need(expression, 'cel.bind', NEVER);
        let inner = scope;
        for (const { name, value } of expression.bindings) inner = inner.with([[name, this.typeOf(value, inner)]]);
        return this.typeOf(expression.body, inner);
      }
      case 'optional-map': {
        this.#need(expression, expression.isFlat ? 'optFlatMap' : 'optMap', OPTIONALS);
        const of = this.#insideOptional(expression.of, scope);
        const body = this.typeOf(expression.body, scope.with([[expression.variable, of]]));
        return expression.isFlat ? body : optionalOf(body);
      }
    }
  }

  #show(type: Type): string {
    return describeType(this.final(type));
  }

  #named(expression: Expression, scope: Scope<Type>): Type | undefined {
    const found = resolve(expression, scope, this.#environment);
    if (found === undefined) return undefined;
    if (found.is === 'local') return found.what;
    if (found.is === 'type') return typeOf({ name: found.name, of: defaultParameters(found.name) });
    return this.#environment.variables?.get(found.name) ?? DYN;
  }

  #selected(expression: Expression, scope: Scope<Type>): Type {
    if (expression.kind === 'select') return this.#field(expression, scope);
    const name = expression.kind === 'name' ? expression.name : '';
    return this.#fault(expression, `undeclared reference to '${name}'`);
  }

  #field(expression: Select, scope: Scope<Type>): Type {
    if (expression.isOptional) this.#need(expression, OPTIONAL_SYNTAX, OPTIONALS);
    const given = this.#unifier.resolved(this.typeOf(expression.of, scope));
    const isOptional = expression.isOptional || given.name === 'optional_type';
    const of = given.name === 'optional_type' ? this.#unifier.resolved(given.of[0] ?? DYN) : given;
    const type = this.#fieldOf(of, expression);
    if (expression.isTest) return BOOL;
    return isOptional ? optionalOf(type) : type;
  }

  #fieldOf(of: Type, expression: Select): Type {
    if (of.fields !== undefined)
      return of.fields.get(expression.field) ?? this.#missingField(of.name, of.fields, expression);
    if (of.name === 'map') return of.of[1] ?? DYN;
    if (of.name === 'dyn' || of.isParameter === true) return DYN;
    return this.#fault(expression, `type '${this.#show(of)}' does not support field selection`);
  }

  #missingField(type: string, fields: ReadonlyMap<string, Type>, { at, field }: Select): Type {
    const [nearest] = nearestWords(field, [...fields.keys()], Math.max(1, Math.min(3, Math.floor(field.length / 3))));
    const hint = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
    this.faults.push({ at, message: `no such field '${field}' in ${type}${hint}`, isMissingField: true });
    return DYN;
  }

  #indexed(expression: Extract<Expression, { kind: 'index' }>, scope: Scope<Type>): Type {
    if (expression.isOptional) this.#need(expression, OPTIONAL_SYNTAX, OPTIONALS);
    const given = this.#unifier.resolved(this.typeOf(expression.of, scope));
    const index = this.typeOf(expression.index, scope);
    const isOptional = expression.isOptional || given.name === 'optional_type';
    const of = given.name === 'optional_type' ? this.#unifier.resolved(given.of[0] ?? DYN) : given;
    const item = this.#itemOf(of, index, expression);
    return isOptional ? optionalOf(item) : item;
  }

  #itemOf(of: Type, index: Type, expression: Expression): Type {
    const [first = DYN, second = DYN] = of.of;
    if (of.name === 'dyn' || of.isParameter === true) return DYN;
    if (of.name === 'list' && this.#unifier.accepts(INT, index)) return first;
    if (of.name === 'map' && this.#unifier.accepts(first, index)) return second;
    return this.#fault(
      expression,
      `found no matching overload for '_[_]' applied to '(${this.#show(of)}, ${this.#show(index)})'`,
    );
  }

  #insideOptional(expression: Expression, scope: Scope<Type>): Type {
    const type = this.#unifier.resolved(this.typeOf(expression, scope));
    if (type.name === 'optional_type') return type.of[0] ?? DYN;
    return type.name === 'dyn'
      ? DYN
      : this.#fault(expression, `an optional value must stand here, not ${this.#show(type)}`);
  }

  #expect(expression: Expression, wanted: Type, scope: Scope<Type>): void {
    const type = this.typeOf(expression, scope);
    if (!this.#unifier.accepts(wanted, type))
      this.#fault(expression, `expected type '${describeType(wanted)}' but found '${this.#show(type)}'`);
  }

  #call(call: Call, scope: Scope<Type>): Type {
    const { target, name } = call;
    const { functions, container } = this.#environment;
    const space = target && namespacedName(target, name, scope, this.#environment);
    const parts = target === undefined || space !== undefined ? call.arguments : [target, ...call.arguments];
    const types = parts.map((part) => this.typeOf(part, scope));
    const overloads =
      space !== undefined
        ? functions.globals(space)
        : target !== undefined
          ? functions.members(name)
          : (candidates(name, container)
              .map((one) => functions.globals(one))
              .find((found) => found.length > 0) ?? []);
    if (overloads.length === 0) return this.#fault(call, `undeclared reference to '${space ?? name}'`);
    return this.#overloaded(call, overloads, types);
  }

  /** The result of the overloads that fit; any where several fit with different results. */
  #overloaded(call: Call, overloads: readonly Overload[], types: readonly Type[]): Type {
    let result: Type | undefined;
    let fitting: Overload | undefined;
    for (const overload of overloads) {
      const { signature } = overload;
      if (signature.parameters.length !== types.length) continue;
      const fresh = this.#unifier.fresh(signature);
      if (!this.#unifier.acceptsAll(fresh.parameters, types)) continue;
      if (fitting === undefined || isEarlier(overload, fitting)) fitting = overload;
      if (result === undefined) result = fresh.result;
      else if (!this.#unifier.isSame(result, fresh.result)) result = DYN;
    }
    if (fitting !== undefined)
      this.#need(
        call,
        fitting.availability === CROSS_TYPE_COMPARISON ? 'comparison of different numeric types' : fitting.name,
        fitting.availability,
      );
    const given = types.map((type) => this.#show(type)).join(', ');
    return result ?? this.#fault(call, `found no matching overload for '${call.name}' applied to '(${given})'`);
  }

  #list(items: readonly ListItem[], scope: Scope<Type>): Type {
    return listOf(this.#joinedTypes(items, scope));
  }

  #map(entries: readonly MapItem[], scope: Scope<Type>): Type {
    const keys = entries.map(({ key }) => ({ value: key, isOptional: false }));
    return mapOf(this.#joinedTypes(keys, scope), this.#joinedTypes(entries, scope));
  }

  #joinedTypes(items: readonly ListItem[], scope: Scope<Type>): Type {
    let joined: Type | undefined;
    for (const { value, isOptional } of items) {
      if (isOptional) this.#need(value, OPTIONAL_SYNTAX, OPTIONALS);
      const type = isOptional ? this.#insideOptional(value, scope) : this.typeOf(value, scope);
      joined = joined === undefined ? type : (this.#unifier.joined(joined, type) ?? DYN);
    }
    return joined ?? this.#unifier.unknown();
  }

  #comprehension(node: Comprehension, scope: Scope<Type>): Type {
    this.#needOfComprehension(node);
    const range = this.#unifier.resolved(this.typeOf(node.range, scope));
    const [first, second] = this.#itemTypes(range, node);
    const [one = '', two] = node.variables;
    const names: [string, Type][] =
      two === undefined
        ? [[one, range.name === 'map' ? first : second]]
        : [
            [one, first],
            [two, second],
          ];
    const inner = scope.with(names);
    if (node.filter !== undefined) this.#expect(node.filter, BOOL, inner);
    const isTest = ['all', 'exists', 'existsOne', 'filter'].includes(node.does);
    if (isTest) this.#expect(node.body, BOOL, inner);
    const body = isTest ? BOOL : this.typeOf(node.body, inner);
    switch (node.does) {
      case 'filter':
        return listOf(names[0]?.[1] ?? DYN);
      case 'map':
      case 'transformList':
        return listOf(body);
      case 'transformMap':
        return mapOf(first, body);
      case 'transformMapEntry':
        return body;
      case 'sortBy':
        return range;
      default:
        return BOOL;
    }
  }

  #needOfComprehension({ at, does, variables }: Comprehension): void {
    if (variables.length === 2) this.#need({ at }, `${does} with two variables`, TWO_VARIABLES);
    else if (does === 'sortBy') this.#need({ at }, does, LISTS);
  }

  /** Of a list its index and items, of a map its keys and values. */
  #itemTypes(range: Type, node: Comprehension): [Type, Type] {
    if (range.name === 'list') return [INT, range.of[0] ?? DYN];
    if (range.name === 'map') return [range.of[0] ?? DYN, range.of[1] ?? DYN];
    if (range.name !== 'dyn' && range.isParameter !== true)
      this.#fault(
        node.range,
        `expression of type '${this.#show(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
      );
    return [DYN, DYN];
  }
}

const OPTIONAL_SYNTAX = 'optional syntax';

function isEarlier(one: Overload, other: Overload): boolean {
  return (one.availability?.known ?? 0) < (other.availability?.known ?? 0);
}

function defaultParameters(name: string): Type[] {
  if (name === 'list') return [DYN];
  return name === 'map' ? [DYN, DYN] : [];
}
