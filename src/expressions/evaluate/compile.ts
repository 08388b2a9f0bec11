import type { Expression, ListItem, MapItem } from '../syntax/ast.ts';
import { EvaluationFault, MixedKeyMap, Optional, setEntry, TypeName, typeNameOf, type Value } from '../values/value.ts';
import { compileCall } from './calls.ts';
import { compileComprehension } from './comprehensions.ts';
import type { Environment } from './environment.ts';
import { itemOf, optional, optionalField, optionalItem, plainField, testField } from './fields.ts';
import { asFault, type Step, spend } from './frame.ts';
import { resolve, Scope } from './scope.ts';

/** Of a name in scope: where its value is kept, and how to make it where it is not there yet. */
export interface Local {
  readonly slot: number;
  readonly make?: Step;
}

/** Turns the parts of one expression into functions. */
export class Compiler {
  readonly environment: Environment;
  /** Slots of the variables that the expression uses, by name. */
  readonly variables = new Map<string, number>();
  #slots = 0;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  get slots(): number {
    return this.#slots;
  }

  newSlot(): number {
    this.#slots += 1;
    return this.#slots - 1;
  }

  compile(expression: Expression, scope: Scope<Local> = new Scope(new Map())): Step {
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        return () => value;
      }
      case 'name':
      case 'select':
        return this.#named(expression, scope) ?? this.#selected(expression, scope);
      case 'index':
        return this.#indexed(expression, scope);
      case 'call':
        return compileCall(this, expression, scope);
      case 'and':
        return logic(
          expression.operands.map((one) => this.compile(one, scope)),
          false,
        );
      case 'or':
        return logic(
          expression.operands.map((one) => this.compile(one, scope)),
          true,
        );
      case 'conditional':
        return this.#conditional(expression, scope);
      case 'list':
        return this.#list(expression.items, scope);
      case 'map':
        return this.#map(expression.entries, scope);
      case 'message':
        return failing(expression, `unknown message type ${expression.name}`);
      case 'comprehension':
        return compileComprehension(this, expression, scope);
      case 'let':
        return this.#let(expression, scope);
      case 'optional-map':
        return this.#optionalMap(expression, scope);
    }
  }

  #named(expression: Expression, scope: Scope<Local>): Step | undefined {
    const found = resolve(expression, scope, this.environment);
    if (found === undefined) return undefined;
    if (found.is === 'type') {
      const type = new TypeName(found.name);
      return () => type;
    }
    return found.is === 'local' ? local(found.what) : this.#variable(found.name, expression.at);
  }

  #variable(name: string, at: number): Step {
    const slot = this.variables.get(name) ?? this.newSlot();
    this.variables.set(name, slot);
    return (frame) => {
      const value = frame.slots[slot];
      if (value !== undefined) return value;
      frame.at = at;
      throw new EvaluationFault(`no such variable: ${name} has no value here`);
    };
  }

  #selected(expression: Expression, scope: Scope<Local>): Step {
    if (expression.kind !== 'select') {
      const name = expression.kind === 'name' ? expression.name : '';
      return failing(expression, `undeclared reference to '${name}'`);
    }
    const of = this.compile(expression.of, scope);
    if (expression.isTest) return testField(of, expression);
    return expression.isOptional ? optionalField(of, expression) : plainField(of, expression);
  }

  #indexed(expression: Extract<Expression, { kind: 'index' }>, scope: Scope<Local>): Step {
    const of = this.compile(expression.of, scope);
    const index = this.compile(expression.index, scope);
    const { at, isOptional } = expression;
    return (frame) => {
      const container = of(frame);
      const place = index(frame);
      frame.at = at;
      if (isOptional) return optionalItem(container, place);
      return container instanceof Optional ? optionalItem(container, place) : itemOf(container, place);
    };
  }

  #conditional(expression: Extract<Expression, { kind: 'conditional' }>, scope: Scope<Local>): Step {
    const test = this.compile(expression.test, scope);
    const yes = this.compile(expression.yes, scope);
    const no = this.compile(expression.no, scope);
    return (frame) => {
      const truth = test(frame);
      if (truth === true) return yes(frame);
      if (truth === false) return no(frame);
      throw new EvaluationFault(`no such overload: the condition is ${typeNameOf(truth)}, not bool`);
    };
  }

  #list(items: readonly ListItem[], scope: Scope<Local>): Step {
    const constants = items.flatMap(({ value, isOptional }) =>
      value.kind === 'literal' && !isOptional ? [value.value] : [],
    );
    if (constants.length === items.length) return () => constants;
    const steps = items.map(({ value, isOptional }) => ({ step: this.compile(value, scope), isOptional }));
    return (frame) => {
      const list: Value[] = [];
      spend(frame, steps.length);
      for (const { step, isOptional } of steps) {
        const value = step(frame);
        if (!isOptional) list.push(value);
        else if (optional(value).value !== undefined) list.push(optional(value).value ?? null);
      }
      return list;
    };
  }

  #map(entries: readonly MapItem[], scope: Scope<Local>): Step {
    const steps = entries.map(({ key, value, isOptional }) => ({
      key: this.compile(key, scope),
      value: this.compile(value, scope),
      isOptional,
    }));
    return (frame) => {
      const map = new MixedKeyMap();
      spend(frame, steps.length);
      for (const { key, value, isOptional } of steps) {
        const name = key(frame);
        const given = value(frame);
        const kept = isOptional ? optional(given).value : given;
        if (kept !== undefined) setEntry(map, name, kept);
      }
      return map;
    };
  }

  #let({ bindings, body }: Extract<Expression, { kind: 'let' }>, scope: Scope<Local>): Step {
    let inner = scope;
    const slots: number[] = [];
    for (const { name, value } of bindings) {
      const slot = this.newSlot();
      slots.push(slot);
      inner = inner.with([[name, { slot, make: this.compile(value, inner) }]]);
    }
    const run = this.compile(body, inner);
    return (frame) => {
      for (const slot of slots) frame.slots[slot] = undefined;
      return run(frame);
    };
  }

  #optionalMap(expression: Extract<Expression, { kind: 'optional-map' }>, scope: Scope<Local>): Step {
    const of = this.compile(expression.of, scope);
    const slot = this.newSlot();
    const body = this.compile(expression.body, scope.with([[expression.variable, { slot }]]));
    const { isFlat } = expression;
    return (frame) => {
      const { value } = optional(of(frame));
      if (value === undefined) return Optional.none;
      frame.slots[slot] = value;
      const made = body(frame);
      return isFlat ? optional(made) : new Optional(made);
    };
  }
}

function local({ slot, make }: Local): Step {
  return (frame) => {
    const value = frame.slots[slot];
    if (value !== undefined) return value;
    if (make === undefined) throw new EvaluationFault('no such variable');
    const made = make(frame);
    frame.slots[slot] = made;
    return made;
  };
}

function failing({ at }: Expression, message: string): Step {
  return (frame) => {
    frame.at = at;
    throw new EvaluationFault(message);
  };
}

/** `&&` and `||`: an operand that decides wins over errors, wherever it stands. */
function logic(steps: readonly Step[], decisive: boolean): Step {
  return (frame) => {
    let fault: EvaluationFault | undefined;
    for (const step of steps) {
      try {
        const value = step(frame);
        if (value === decisive) return decisive;
        if (typeof value !== 'boolean')
          fault ??= new EvaluationFault(`no such overload: ${typeNameOf(value)} is not bool`);
      } catch (error) {
        fault ??= asFault(error);
      }
    }
    if (fault !== undefined) throw fault;
    return !decisive;
  };
}
