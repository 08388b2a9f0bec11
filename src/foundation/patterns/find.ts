import { holds, type Program } from './program.ts';

/** A place in a text, offsets in UTF-16 code units. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Of each group its text, or undefined where it took no part; the whole is none of them. */
  readonly groups: readonly (string | undefined)[];
}

interface Thread {
  readonly step: number;
  /** Starts and ends by group, the whole being group 0. */
  readonly notes: readonly (number | undefined)[];
}

/**
 * Finds the first place, of several the one that a backtracking matcher would choose: threads are kept in the order of preference, and
 * one that accepts cuts off all behind it. Linear in the text.
 */
export function find(program: Program, text: string, from: number, groups: number): Found | undefined {
  const run = new Run(program, text);
  let threads: Thread[] = [];
  let best: Thread['notes'] | undefined;
  for (let at = from; at <= text.length; ) {
    const isOpen = best === undefined;
    run.begin();
    const ready: Thread[] = [];
    for (const thread of threads) run.follow(thread, at, ready);
    if (isOpen) run.follow({ step: 0, notes: [at] }, at, ready);
    if (ready.length === 0 && !isOpen) break;
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    threads = [];
    for (const { step, notes } of ready) {
      const what = program[step];
      if (what?.do === 'accept') {
        best = [notes[0], at, ...notes.slice(2)];
        break;
      }
      if (what?.do === 'take' && at < text.length && what.has(code)) threads.push({ step: step + 1, notes });
    }
    at += width;
  }
  return best && placeOf(best, text, groups);
}

class Run {
  readonly #program: Program;
  readonly #text: string;
  readonly #seen: Uint32Array;
  #round = 0;

  constructor(program: Program, text: string) {
    this.#program = program;
    this.#text = text;
    this.#seen = new Uint32Array(program.length);
  }

  begin(): void {
    this.#round += 1;
  }

  /** Follows all that needs no character, the preferred way first. */
  follow(start: Thread, at: number, ready: Thread[]): void {
    const open = [start];
    for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
      const { step: index, notes } = thread;
      const step = this.#program[index];
      if (step === undefined || this.#seen[index] === this.#round) continue;
      this.#seen[index] = this.#round;
      if (step.do === 'take' || step.do === 'accept') ready.push(thread);
      else if (step.do === 'jump') open.push({ step: step.to, notes });
      else if (step.do === 'fork') open.push({ step: step.second, notes }, { step: step.first, notes });
      else if (step.do === 'note') open.push({ step: index + 1, notes: noted(notes, step.what, at) });
      else if (holds(step.where, this.#text, at)) open.push({ step: index + 1, notes });
    }
  }
}

function noted(notes: Thread['notes'], what: number, at: number): Thread['notes'] {
  const copy = [...notes];
  copy[what] = at;
  return copy;
}

function placeOf(notes: Thread['notes'], text: string, groups: number): Found {
  const found: (string | undefined)[] = [];
  for (let group = 1; group <= groups; group++) {
    const start = notes[group * 2];
    const end = notes[group * 2 + 1];
    found.push(start === undefined || end === undefined ? undefined : text.slice(start, end));
  }
  return { start: notes[0] ?? 0, end: notes[1] ?? 0, groups: found };
}
