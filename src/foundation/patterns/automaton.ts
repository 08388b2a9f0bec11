import { type Program, run } from './program.ts';

/** A set of places in a program, and where each character leads from it. */
interface State {
  /** Steps that want the next character. */
  readonly waiting: readonly number[];
  readonly isAccepting: boolean;
  readonly isAcceptingAtEnd: boolean;
  /** By code, for ASCII. */
  readonly next: (State | undefined)[];
}

/** Memory of one pattern is about a kilobyte for each; a pattern that needs more is run step by step. */
const MAX_STATES = 200;
const ASCII = 128;

/**
 * The same answer as `run`, at the price of one look-up a character: sets of threads are remembered as they come up. Patterns that ask
 * what stands beside a place (`\b`, lines) are run.
 */
export function automaton(program: Program, anywhere: boolean): (text: string) => boolean {
  if (program.some((step) => step.do === 'check' && step.where !== 'start' && step.where !== 'end'))
    return (text) => run(program, text, anywhere);
  const states = new States(program, anywhere);
  return (text) => states.accepts(text) ?? run(program, text, anywhere);
}

class States {
  readonly #program: Program;
  readonly #anywhere: boolean;
  readonly #known = new Map<string, State>();
  readonly #first: State;

  constructor(program: Program, anywhere: boolean) {
    this.#program = program;
    this.#anywhere = anywhere;
    this.#first = this.#made([0], true);
  }

  /** Undefined where there would be too many states. */
  accepts(text: string): boolean | undefined {
    let state = this.#first;
    for (let at = 0; at < text.length; at++) {
      if (this.#anywhere ? state.isAccepting : state.waiting.length === 0) return state.isAccepting && this.#anywhere;
      const unit = text.charCodeAt(at);
      let next = unit < ASCII ? state.next[unit] : undefined;
      if (next === undefined) {
        const code = unit < ASCII ? unit : (text.codePointAt(at) ?? 0);
        if (code > 0xffff) at += 1;
        next = this.#step(state, code);
        if (next === undefined) return undefined;
      }
      state = next;
    }
    return state.isAcceptingAtEnd;
  }

  #step(state: State, code: number): State | undefined {
    const seeds = this.#anywhere ? [0] : [];
    for (const index of state.waiting) {
      const step = this.#program[index];
      if (step?.do === 'take' && step.has(code)) seeds.push(index + 1);
    }
    const key = seeds.join(',');
    let next = this.#known.get(key);
    if (next === undefined) {
      if (this.#known.size >= MAX_STATES) return undefined;
      next = this.#made(seeds, false);
      this.#known.set(key, next);
    }
    if (code < ASCII) state.next[code] = next;
    return next;
  }

  #made(seeds: readonly number[], isStart: boolean): State {
    const { waiting, isAccepting } = this.#follow(seeds, isStart, false);
    const isAcceptingAtEnd = isAccepting || this.#follow(seeds, isStart, true).isAccepting;
    return { waiting, isAccepting, isAcceptingAtEnd, next: new Array(ASCII).fill(undefined) };
  }

  /** Follows all that needs no character. */
  #follow(seeds: readonly number[], isStart: boolean, isEnd: boolean): { waiting: number[]; isAccepting: boolean } {
    const open = [...seeds];
    const seen = new Set<number>();
    const waiting: number[] = [];
    let isAccepting = false;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const step = this.#program[index];
      if (step === undefined || seen.has(index)) continue;
      seen.add(index);
      if (step.do === 'take') waiting.push(index);
      else if (step.do === 'accept') isAccepting = true;
      else if (step.do === 'jump') open.push(step.to);
      else if (step.do === 'fork') open.push(step.second, step.first);
      else if (step.do === 'note' || (step.where === 'start' ? isStart : isEnd)) open.push(index + 1);
    }
    return { waiting: waiting.sort((a, b) => a - b), isAccepting };
  }
}
