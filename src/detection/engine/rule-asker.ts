import type { Ask } from '../compile/check.ts';
import type { CompiledRule, CompiledSequence, CompiledSource, CompiledStep } from '../compile/rules.ts';
import { type Stamp, TypeSpecialist } from '../compile/specialise.ts';
import type { Alert } from '../output/alert.ts';
import { readOutput, renderOutput } from '../output/format.ts';
import { SequenceState } from '../sequences/state.ts';

/** What is asked of events of one type, in the order of the files. */
interface Bucket<E> {
  readonly rules: readonly Asked<CompiledRule<E>, E>[];
  readonly steps: readonly Asked<Step<E>, E>[];
}

interface Asked<T, E> {
  readonly of: T;
  readonly ask: Ask<E>;
  readonly guard: Guard;
}

interface Step<E> {
  readonly state: SequenceState<E>;
  readonly index: number;
}

/** What is known of how a rule behaves. */
export interface Guard {
  readonly name: string;
  failures: number;
  slow: number;
  disabled: boolean;
  matches: number;
  lastError: string;
}

/** After so many failures or slow answers a rule is asked no more. */
const MAX_FAILURES = 5;
const MAX_SLOW = 5;
const SLOW_MS = 50;
/** One event of so many is timed rule by rule. */
const TIMED = 1024;

export interface AskerOptions<E> {
  /** Of each event only the first rule that holds, or all of them. */
  readonly matching: 'first' | 'all';
  readonly timeUs: (event: E) => number;
  readonly alert: (alert: Alert, event: E) => void;
  /** A rule is asked no more, and why. */
  readonly disabled: (name: string, why: string) => void;
}

/** Asks the rules of one source. A rule that throws or takes long is counted and in the end left out; the others go on. */
export class RuleAsker<E> {
  readonly guards: readonly Guard[];
  readonly sequences: readonly SequenceState<E>[];
  readonly #options: AskerOptions<E>;
  readonly #rules: readonly (readonly [CompiledRule<E>, Guard])[];
  readonly #steps: readonly (readonly [Step<E>, CompiledStep<E>, Guard])[];
  readonly #buckets = new Map<string | undefined, Bucket<E>>();
  readonly #stamp: Stamp = { value: 0 };

  constructor(
    source: CompiledSource<E>,
    isWanted: (rule: { name: string; enabled: boolean; tags: readonly string[] }) => boolean,
    options: AskerOptions<E>,
  ) {
    this.#options = options;
    this.#rules = source.rules.filter(({ rule }) => isWanted(rule)).map((one) => [one, guardOf(one.rule.name)]);
    const wanted = source.sequences.filter(({ sequence }) => isWanted(sequence));
    this.sequences = wanted.map((one) => new SequenceState(one));
    const sequenceGuards = wanted.map(({ sequence }) => guardOf(sequence.name));
    this.#steps = wanted.flatMap((one, at) => stepsOf(one, this.sequences[at], sequenceGuards[at]));
    this.guards = [...this.#rules.map(([, guard]) => guard), ...sequenceGuards];
  }

  /** `type`: nothing for sources whose events have no types. */
  ask(event: E, type: string | undefined): void {
    const bucket = this.#buckets.get(type) ?? this.#makeBucket(type);
    const stamp = ++this.#stamp.value;
    if (stamp % TIMED === 0) {
      this.#askTimed(bucket, event);
      return;
    }
    for (const { of, ask, guard } of bucket.rules) {
      if (guard.disabled) continue;
      try {
        if (!ask(event)) continue;
        this.#matched(of, event, guard);
        if (this.#options.matching === 'first') break;
      } catch (error) {
        this.#failed(guard, error);
      }
    }
    for (const step of bucket.steps) this.#askStep(step, event);
  }

  #askTimed(bucket: Bucket<E>, event: E): void {
    let isMatched = false;
    for (const { of, ask, guard } of bucket.rules) {
      if (guard.disabled || (isMatched && this.#options.matching === 'first')) continue;
      const start = performance.now();
      try {
        if (ask(event)) {
          this.#matched(of, event, guard);
          isMatched = true;
        }
      } catch (error) {
        this.#failed(guard, error);
      }
      if (performance.now() - start > SLOW_MS && ++guard.slow >= MAX_SLOW)
        this.#disable(guard, `took more than ${SLOW_MS} ms ${guard.slow} times`);
    }
    for (const step of bucket.steps) this.#askStep(step, event);
  }

  #askStep({ of: { state, index }, ask, guard }: Asked<Step<E>, E>, event: E): void {
    if (guard.disabled) return;
    try {
      if (!state.awaits(index) || !ask(event)) return;
      const completed = state.take(index, event, this.#options.timeUs(event));
      if (completed === undefined) return;
      guard.matches++;
      const { sequence, output } = state.compiled;
      const values = readOutput(output, event, completed);
      const fields = Object.fromEntries(output.fields.map(({ name }, at) => [name, values[at] ?? null]));
      const { name, priority, source, tags } = sequence;
      const message = renderOutput(output, values);
      this.#options.alert(
        { rule: name, kind: 'sequence', priority, source, tags, message, fields, timeUs: this.#options.timeUs(event) },
        event,
      );
    } catch (error) {
      this.#failed(guard, error);
    }
  }

  #matched({ rule, output }: CompiledRule<E>, event: E, guard: Guard): void {
    guard.matches++;
    const values = readOutput(output, event);
    const fields = Object.fromEntries(output.fields.map(({ name }, at) => [name, values[at] ?? null]));
    const { name, priority, source, tags } = rule;
    const message = renderOutput(output, values);
    this.#options.alert(
      { rule: name, kind: 'rule', priority, source, tags, message, fields, timeUs: this.#options.timeUs(event) },
      event,
    );
  }

  #failed(guard: Guard, error: unknown): void {
    guard.lastError = error instanceof Error ? error.message : String(error);
    if (++guard.failures >= MAX_FAILURES) this.#disable(guard, `failed ${guard.failures} times: ${guard.lastError}`);
  }

  #disable(guard: Guard, why: string): void {
    guard.disabled = true;
    this.#options.disabled(guard.name, why);
  }

  #makeBucket(type: string | undefined): Bucket<E> {
    const specialist = new TypeSpecialist<E>(type, this.#stamp);
    const rules = this.#rules
      .map(([of, guard]) => ({ of, guard, plan: specialist.reduce(of.plan) }))
      .filter(({ plan }) => canHold(plan));
    const steps = this.#steps
      .map(([of, { plan }, guard]) => ({ of, guard, plan: specialist.reduce(plan) }))
      .filter(({ plan }) => canHold(plan));
    for (const { plan } of [...rules, ...steps]) specialist.count(plan);
    const bucket: Bucket<E> = {
      rules: rules.map(({ of, guard, plan }) => ({ of, guard, ask: specialist.ask(plan) })),
      steps: steps.map(({ of, guard, plan }) => ({ of, guard, ask: specialist.ask(plan) })),
    };
    this.#buckets.set(type, bucket);
    return bucket;
  }
}

function canHold(plan: { readonly kind: string; readonly value?: boolean }): boolean {
  return plan.kind !== 'constant' || plan.value === true;
}

function guardOf(name: string): Guard {
  return { name, failures: 0, slow: 0, disabled: false, matches: 0, lastError: '' };
}

/** Later steps first: an event that makes one step true is not also the next. */
function stepsOf<E>(
  { steps }: CompiledSequence<E>,
  state: SequenceState<E> | undefined,
  guard: Guard | undefined,
): (readonly [Step<E>, CompiledStep<E>, Guard])[] {
  if (state === undefined || guard === undefined) return [];
  return steps.map((step, index) => [{ state, index }, step, guard] as const).reverse();
}
