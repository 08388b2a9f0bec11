import { type Budget, jsonOfValue, lazyMap, type Program, type Value } from '#expressions/index.ts';
import { ok } from '#foundation/index.ts';
import type { AdmissionPolicy, Definition, PolicyExpression, Validation } from './policy.ts';

export interface Failure {
  readonly message: string;
  readonly reason: string;
  readonly expression: string;
  /** Of the expression in the policy's file; absent where there is none to point at. */
  readonly place?: string;
  /** The expression had no value; `message` says why. */
  readonly isError: boolean;
}

export const NO_EXPRESSION = { reason: 'Invalid', expression: '', isError: true } as const;

const MAX_MESSAGE = 5 * 1024;
const MAX_ANNOTATION = 10 * 1024;

/** Steps for the expressions of a policy with one binding, and for its match conditions: as many as an API server gives units of cost. */
const STEPS = 10_000_000;
const STEPS_OF_CONDITIONS = 2_500_000;
const OUT_OF_STEPS = 'validation failed due to running out of cost budget, no further validation rules will be run';

/** Values of definitions by their derivations, and the steps that they took. */
export type KnownValues = Map<string, { readonly value: Value; readonly cost: number }>;

/** Why a policy does not come to its validations. */
export interface Blocking {
  readonly outcome: 'skipped' | 'ignored' | 'failed';
  readonly failures?: readonly Failure[];
}

interface Annotations {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly Failure[];
}

/** The expressions of one policy with the values of one request. */
export class Evaluation {
  readonly #policy: AdmissionPolicy;
  readonly #variables: Map<string, Value>;
  readonly #known: KnownValues;
  #budget: Budget = { left: STEPS_OF_CONDITIONS };

  /**
   * @param variables all but the policy's own, which are added
   * @param known values of definitions, shared by all policies that are asked about one request
   */
  constructor(policy: AdmissionPolicy, variables: Map<string, Value>, known: KnownValues) {
    this.#policy = policy;
    this.#variables = variables;
    this.#known = known;
    if (policy.uses.includes('variables')) variables.set('variables', this.#ownVariables(policy.variables));
  }

  /** Made when they are first asked for: an error in one that nobody needs is none. What they cost is the asker's. */
  #ownVariables(list: readonly Definition[]): Value {
    const names = list.map(({ name }) => name);
    return lazyMap(names, (name) => {
      const definition = list.findLast((one) => one.name === name);
      if (definition === undefined) throw new Error(`no variable ${name}`);
      return this.#defined(definition);
    });
  }

  /** What another policy has worked out costs as much as if it were worked out again. */
  #defined(definition: Definition): ReturnType<Program['evaluate']> {
    const { derivation } = definition;
    const known = derivation === undefined ? undefined : this.#known.get(derivation);
    if (known !== undefined && known.cost <= this.#budget.left) {
      this.#budget.left -= known.cost;
      return ok(known.value);
    }
    const { left } = this.#budget;
    const outcome = this.#evaluate(definition);
    if (outcome.ok && derivation !== undefined)
      this.#known.set(derivation, { value: outcome.value, cost: left - this.#budget.left });
    return outcome;
  }

  #evaluate({ program }: PolicyExpression): ReturnType<Program['evaluate']> {
    return program.evaluate(this.#variables, { budget: this.#budget });
  }

  /** A condition that is false decides, whatever errors the others have; without one, an error does. */
  blocking(): Blocking | undefined {
    const { conditions, failurePolicy } = this.#policy;
    this.#budget = { left: STEPS_OF_CONDITIONS };
    const failures: Failure[] = [];
    for (const one of conditions) {
      const outcome = this.#evaluate(one);
      if (outcome.ok && outcome.value === false) return { outcome: 'skipped' };
      const message = outcome.ok ? `gives ${String(jsonOfValue(outcome.value))}` : outcome.error.message;
      if (!outcome.ok || outcome.value !== true) failures.push(errorOf(one, `match condition ${one.name}: ${message}`));
      if (this.#budget.left === 0) break;
    }
    if (failures.length === 0) return undefined;
    return { outcome: failurePolicy === 'Ignore' ? 'ignored' : 'failed', failures };
  }

  failures(): Failure[] {
    this.#budget = { left: STEPS };
    const failures: Failure[] = [];
    for (const one of this.#policy.validations) {
      failures.push(...this.#failureOf(one));
      if (this.#budget.left === 0) return [{ ...NO_EXPRESSION, message: OUT_OF_STEPS }];
    }
    return failures;
  }

  #failureOf(validation: Validation): Failure[] {
    const { program, place, reason } = validation;
    const outcome = this.#evaluate(validation);
    if (!outcome.ok) return [errorOf(validation, outcome.error.message)];
    if (outcome.value === true) return [];
    if (outcome.value !== false) return [errorOf(validation, 'the expression gives no bool')];
    return [{ message: this.#messageOf(validation), reason, expression: program.source, place, isError: false }];
  }

  /** The made message where it can be made, as an API server chooses. */
  #messageOf({ message, messageExpression, program }: Validation): string {
    const made = messageExpression && this.#evaluate(messageExpression);
    const text = made?.ok === true && typeof made.value === 'string' ? made.value.trim() : '';
    if (text !== '' && Buffer.byteLength(text) <= MAX_MESSAGE && !text.includes('\n')) return text;
    const fixed = message?.trim() ?? '';
    return fixed === '' ? `failed expression: ${program.source.trim()}` : fixed;
  }

  annotations(): Annotations {
    this.#budget = { left: STEPS };
    const values: [string, string][] = [];
    const errors: Failure[] = [];
    for (const one of this.#policy.annotations) {
      const outcome = this.#evaluate(one);
      if (!outcome.ok) errors.push(errorOf(one, `audit annotation ${one.name}: ${outcome.error.message}`));
      else if (typeof outcome.value === 'string')
        values.push([one.name, outcome.value.trim().slice(0, MAX_ANNOTATION)]);
      else if (outcome.value !== null)
        errors.push(errorOf(one, `audit annotation ${one.name}: gives no text and not null`));
    }
    return { values: Object.fromEntries(values.filter(([, text]) => text !== '')), errors };
  }
}

function errorOf({ program, place }: PolicyExpression, message: string): Failure {
  return { ...NO_EXPRESSION, message, expression: program.source, place };
}
