import type { FieldCatalog } from '../fields/field.ts';
import type { Expanded, PlacedCheck } from '../rules/expanded.ts';
import { printCheck, printOperand } from '../syntax/print.ts';
import type { Check, Operator } from '../syntax/tree.ts';
import { type Ask, type CompiledCheck, compileCheck } from './check.ts';
import { CompileFault } from './fault.ts';

/** A condition made ready. Equal checks are one object, whichever rules they stand in. */
export type Plan<E> =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'check'; readonly ask: Ask<E> }
  | { readonly kind: 'type'; readonly ofType: (type: string) => boolean }
  | { readonly kind: 'not'; readonly part: Plan<E> }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Plan<E>[] };

/** A fault with the check that it was found in, for its place. */
export class PlacedFault extends Error {
  readonly fault: CompileFault;
  readonly check: PlacedCheck;

  constructor(fault: CompileFault, check: PlacedCheck) {
    super(fault.message);
    this.fault = fault;
    this.check = check;
  }
}

/** Values of checks in an `or` that ask the same of the same are put together: one set, one trie. */
const JOINABLE: ReadonlySet<Operator> = new Set([
  '=',
  '==',
  'in',
  'startswith',
  'endswith',
  'contains',
  'icontains',
  'pmatch',
]);

/** Makes plans of the conditions of one source. */
export class Planner<E> {
  readonly #catalog: FieldCatalog<E>;
  readonly #checks = new Map<string, Plan<E>>();
  readonly #macros = new WeakMap<Expanded, Plan<E>>();

  constructor(catalog: FieldCatalog<E>) {
    this.#catalog = catalog;
  }

  /** Throws `PlacedFault`. */
  plan(expression: Expanded): Plan<E> {
    switch (expression.kind) {
      case 'check':
        return this.#check(expression, expression);
      case 'not':
        return { kind: 'not', part: this.plan(expression.part) };
      case 'macro': {
        const known = this.#macros.get(expression.body) ?? this.plan(expression.body);
        this.#macros.set(expression.body, known);
        return known;
      }
      case 'and':
        return { kind: 'and', parts: expression.parts.map((part) => this.plan(part)) };
      case 'or':
        return this.#or(expression.parts);
    }
  }

  #check(check: Check, placed: PlacedCheck): Plan<E> {
    const key = printCheck(check);
    const known = this.#checks.get(key);
    if (known !== undefined) return known;
    const compiled = this.#compiled(check, placed);
    const plan: Plan<E> = compiled.ofType
      ? { kind: 'type', ofType: compiled.ofType }
      : { kind: 'check', ask: compiled.ask };
    this.#checks.set(key, plan);
    return plan;
  }

  #compiled(check: Check, placed: PlacedCheck): CompiledCheck<E> {
    try {
      return compileCheck(check, this.#catalog);
    } catch (error) {
      if (error instanceof CompileFault) throw new PlacedFault(error, placed);
      throw error;
    }
  }

  #or(parts: readonly Expanded[]): Plan<E> {
    const groups = new Map<string, PlacedCheck[]>();
    for (const part of parts) if (isJoinable(part)) groupOf(groups, part).push(part);
    const done = new Set<string>();
    const plans = parts.flatMap((part): Plan<E>[] => {
      if (!isJoinable(part)) return [this.plan(part)];
      const key = groupKey(part);
      const group = groups.get(key) ?? [];
      if (group.length === 1) return [this.plan(part)];
      if (done.has(key)) return [];
      done.add(key);
      for (const one of group) this.plan(one);
      return [this.#check(joined(group), part)];
    });
    const [only] = plans;
    return only !== undefined && plans.length === 1 ? only : { kind: 'or', parts: plans };
  }
}

function isJoinable(part: Expanded): part is PlacedCheck {
  if (part.kind !== 'check' || !JOINABLE.has(part.operator) || part.modifier !== undefined) return false;
  if (part.left.kind !== 'field' || part.left.name === 'evt.type') return false;
  return part.right?.kind === 'value' || part.right?.kind === 'values';
}

function groupKey({ left, operator }: PlacedCheck): string {
  const same = operator === '==' || operator === 'in' ? '=' : operator;
  return `${same} ${printOperand(left)}`;
}

function groupOf(groups: Map<string, PlacedCheck[]>, check: PlacedCheck): PlacedCheck[] {
  const key = groupKey(check);
  const group = groups.get(key) ?? [];
  groups.set(key, group);
  return group;
}

function joined(group: readonly PlacedCheck[]): Check {
  const [first] = group;
  if (first === undefined) throw new Error('a group of no checks');
  const texts = group.flatMap(({ right }) =>
    right?.kind === 'values' ? right.texts : right?.kind === 'value' ? [right.text] : [],
  );
  const isEqual = first.operator === '=' || first.operator === '==' || first.operator === 'in';
  const right = { kind: 'values', texts: [...new Set(texts)], at: first.at } as const;
  return {
    kind: 'check',
    left: first.left,
    operator: isEqual ? 'in' : first.operator,
    modifier: isEqual ? undefined : 'anyof',
    right,
    at: first.at,
  };
}
