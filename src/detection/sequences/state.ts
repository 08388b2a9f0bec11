import type { CompiledSequence } from '../compile/rules.ts';
import { type OutputValue, outputValue } from '../output/format.ts';

/** How far one process, container or host has come. */
interface Progress {
  step: number;
  /** Times at which the step came true, the latest last; with values that count once each their times. */
  times: number[];
  seen: Map<OutputValue, number> | undefined;
  /** When the first step came true. */
  startUs: number;
  readonly captured: Map<string, OutputValue>;
}

/** Of one sequence so many processes or containers are followed, and so many times kept for all of them. */
const MAX_KEYS = 10_000;
const MAX_KEPT = 200_000;

/**
 * The state of a sequence: who has come how far. Bounded: when too many are followed the one that began first is forgotten, and counted.
 * Time is that of events, so that a recording gives the same answers as the watch did.
 */
export class SequenceState<E> {
  readonly compiled: CompiledSequence<E>;
  readonly #progress = new Map<string, Progress>();
  #kept = 0;
  /** How many wait for each step beyond the first. */
  readonly #waiting: number[];
  forgotten = 0;

  constructor(compiled: CompiledSequence<E>) {
    this.compiled = compiled;
    this.#waiting = compiled.steps.map(() => 0);
  }

  get size(): number {
    return this.#progress.size;
  }

  /** Whether anybody waits for a step: conditions of later steps are not asked before. */
  awaits(index: number): boolean {
    return index === 0 || (this.#waiting[index] ?? 0) > 0;
  }

  /** The step came true. Nothing, or when it was the last one what its output has of the steps before. */
  take(index: number, event: E, timeUs: number): ReadonlyMap<string, OutputValue> | undefined {
    const key = this.#keyOf(event);
    if (key === undefined) return undefined;
    const progress = this.#current(key, index, timeUs);
    if (progress === undefined) return undefined;
    if (progress.step !== index) return this.#again(progress, index, event, timeUs);
    const step = this.compiled.steps[index];
    if (step === undefined || !this.#counted(progress, index, event, timeUs)) return undefined;
    this.#capture(progress, step.name, event);
    const isLast = index === this.compiled.steps.length - 1;
    if (isLast) {
      this.#forget(key);
      return progress.captured;
    }
    this.#kept -= progress.times.length + (progress.seen?.size ?? 0);
    this.#move(progress, index + 1);
    return undefined;
  }

  #keyOf(event: E): string | undefined {
    let key = '';
    for (const { read } of this.compiled.by) {
      const value = outputValue(read(event));
      if (value === null) return undefined;
      key += `\0${value}`;
    }
    return key;
  }

  /** The progress of a key, made anew by the first step, forgotten when its time is over. */
  #current(key: string, index: number, timeUs: number): Progress | undefined {
    const known = this.#progress.get(key);
    if (known !== undefined && timeUs - known.startUs <= this.compiled.sequence.withinUs) return known;
    if (known !== undefined && known.step === 0 && index === 0) return known;
    if (known !== undefined) this.#forget(key);
    if (index !== 0) return undefined;
    if (this.#progress.size >= MAX_KEYS || this.#kept >= MAX_KEPT) this.#forgetOldest();
    const made: Progress = { step: 0, times: [], seen: undefined, startUs: timeUs, captured: new Map() };
    this.#progress.set(key, made);
    return made;
  }

  /** A first step that comes true again, while a later one is awaited, begins the time anew. */
  #again(progress: Progress, index: number, event: E, timeUs: number): undefined {
    const step = this.compiled.steps[index];
    if (index !== 0 || step === undefined || step.count > 1 || progress.step !== 1) return;
    progress.startUs = timeUs;
    this.#capture(progress, step.name, event);
  }

  /** Whether it came true often enough within the time. */
  #counted(progress: Progress, index: number, event: E, timeUs: number): boolean {
    const step = this.compiled.steps[index];
    if (step === undefined || step.count === 1) return step !== undefined;
    const since = timeUs - this.compiled.sequence.withinUs;
    if (step.distinct !== undefined)
      return this.#countedOnce(progress, outputValue(step.distinct.read(event)), timeUs, since, step.count);
    const { times } = progress;
    times.push(timeUs);
    this.#kept++;
    while ((times[0] ?? since) < since) {
      times.shift();
      this.#kept--;
    }
    progress.startUs = index === 0 ? (times[0] ?? timeUs) : progress.startUs;
    return times.length >= step.count;
  }

  #countedOnce(progress: Progress, value: OutputValue, timeUs: number, since: number, count: number): boolean {
    if (value === null) return false;
    progress.seen ??= new Map();
    const { seen } = progress;
    if (!seen.delete(value)) this.#kept++;
    seen.set(value, timeUs);
    for (const [oldest, time] of seen) {
      if (time >= since) break;
      seen.delete(oldest);
      this.#kept--;
    }
    if (progress.step === 0) progress.startUs = seen.values().next().value ?? timeUs;
    return seen.size >= count;
  }

  #capture(progress: Progress, step: string, event: E): void {
    for (const field of this.compiled.output.fields)
      if (field.step === step) progress.captured.set(field.name, outputValue(field.read(event)));
  }

  #move(progress: Progress, step: number): void {
    if (progress.step > 0) this.#waiting[progress.step] = (this.#waiting[progress.step] ?? 1) - 1;
    progress.step = step;
    progress.times = [];
    progress.seen = undefined;
    this.#waiting[step] = (this.#waiting[step] ?? 0) + 1;
  }

  #forget(key: string): void {
    const progress = this.#progress.get(key);
    if (progress === undefined) return;
    this.#progress.delete(key);
    this.#kept -= progress.times.length + (progress.seen?.size ?? 0);
    if (progress.step > 0) this.#waiting[progress.step] = (this.#waiting[progress.step] ?? 1) - 1;
  }

  #forgetOldest(): void {
    const oldest = this.#progress.keys().next().value;
    if (oldest === undefined) return;
    this.#forget(oldest);
    this.forgotten++;
  }
}
