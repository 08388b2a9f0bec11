import type { Ask } from './check.ts';
import type { Plan } from './plan.ts';

/** A number that each event raises, by which answers are known to be about the same event. */
export interface Stamp {
  value: number;
}

/**
 * Conditions for events of one type: checks of the type are decided, what they leave is simplified, and what several rules ask is
 * answered once for each event.
 */
export class TypeSpecialist<E> {
  readonly #type: string | undefined;
  readonly #stamp: Stamp;
  readonly #reduced = new Map<Plan<E>, Plan<E>>();
  readonly #uses = new Map<Plan<E>, number>();
  readonly #asks = new Map<Plan<E>, Ask<E>>();

  /** `type`: nothing for sources whose events have no types. */
  constructor(type: string | undefined, stamp: Stamp) {
    this.#type = type;
    this.#stamp = stamp;
  }

  /** What is left of a condition; constant when the type decides it. */
  reduce(plan: Plan<E>): Plan<E> {
    const known = this.#reduced.get(plan);
    if (known !== undefined) return known;
    const reduced = this.#reduce(plan);
    this.#reduced.set(plan, reduced);
    return reduced;
  }

  #reduce(plan: Plan<E>): Plan<E> {
    if (plan.kind === 'constant' || plan.kind === 'check') return plan;
    if (plan.kind === 'type') return { kind: 'constant', value: this.#type !== undefined && plan.ofType(this.#type) };
    if (plan.kind === 'not') {
      const part = this.reduce(plan.part);
      if (part.kind === 'constant') return { kind: 'constant', value: !part.value };
      return part === plan.part ? plan : { kind: 'not', part };
    }
    // `true` decides an `or`, `false` an `and`; the other one says nothing.
    const decides = plan.kind === 'or';
    const parts: Plan<E>[] = [];
    for (const part of plan.parts) {
      const reduced = this.reduce(part);
      if (reduced.kind === 'constant' && reduced.value === decides) return reduced;
      if (reduced.kind !== 'constant') parts.push(reduced);
    }
    const [only] = parts;
    if (only === undefined) return { kind: 'constant', value: !decides };
    if (parts.length === 1) return only;
    return { kind: plan.kind, parts };
  }

  /** Counts where a part stands, before asks are made. */
  count(plan: Plan<E>): void {
    const uses = (this.#uses.get(plan) ?? 0) + 1;
    this.#uses.set(plan, uses);
    if (uses > 1) return;
    if (plan.kind === 'not') this.count(plan.part);
    else if (plan.kind === 'and' || plan.kind === 'or') for (const part of plan.parts) this.count(part);
  }

  ask(plan: Plan<E>): Ask<E> {
    const known = this.#asks.get(plan);
    if (known !== undefined) return known;
    const made = this.#make(plan);
    const isShared = (this.#uses.get(plan) ?? 0) > 1 && plan.kind !== 'constant';
    const ask = isShared ? remembered(made, this.#stamp) : made;
    this.#asks.set(plan, ask);
    return ask;
  }

  #make(plan: Plan<E>): Ask<E> {
    switch (plan.kind) {
      case 'constant':
        return () => plan.value;
      case 'check':
        return plan.ask;
      case 'type':
        throw new Error('checks of the type are decided before');
      case 'not': {
        const part = this.ask(plan.part);
        return (event) => !part(event);
      }
      case 'and':
        return all(plan.parts.map((part) => this.ask(part)));
      case 'or':
        return any(plan.parts.map((part) => this.ask(part)));
    }
  }
}

function remembered<E>(ask: Ask<E>, stamp: Stamp): Ask<E> {
  let asked = -1;
  let answer = false;
  return (event) => {
    if (asked === stamp.value) return answer;
    answer = ask(event);
    asked = stamp.value;
    return answer;
  };
}

function all<E>(asks: readonly Ask<E>[]): Ask<E> {
  const [a, b, c, d] = asks;
  if (asks.length === 2 && a && b) return (event) => a(event) && b(event);
  if (asks.length === 3 && a && b && c) return (event) => a(event) && b(event) && c(event);
  if (asks.length === 4 && a && b && c && d) return (event) => a(event) && b(event) && c(event) && d(event);
  return (event) => {
    for (const ask of asks) if (!ask(event)) return false;
    return true;
  };
}

function any<E>(asks: readonly Ask<E>[]): Ask<E> {
  const [a, b, c] = asks;
  if (asks.length === 2 && a && b) return (event) => a(event) || b(event);
  if (asks.length === 3 && a && b && c) return (event) => a(event) || b(event) || c(event);
  return (event) => {
    for (const ask of asks) if (ask(event)) return true;
    return false;
  };
}
