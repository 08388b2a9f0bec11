import { PatternFault, type PatternNode, type PatternPlace } from './syntax.ts';

/**
 * One step of a program. Programs are run with all their threads side by side (Thompson's construction, as RE2 has it), so that no
 * pattern takes more than its own length times that of the text: a user's pattern cannot stall a scan.
 */
export type Step =
  | { readonly do: 'take'; readonly has: (code: number) => boolean }
  | { readonly do: 'fork'; first: number; second: number }
  | { readonly do: 'jump'; to: number }
  | { readonly do: 'check'; readonly where: PatternPlace }
  /** Notes where a group begins (even) or ends (odd). */
  | { readonly do: 'note'; readonly what: number }
  | { readonly do: 'accept' };

export type Program = readonly Step[];

/** `a{1000}` is a thousand steps. */
const MAX_STEPS = 2000;

export function compile(node: PatternNode, maxSteps = MAX_STEPS): Program {
  const steps = new Steps(maxSteps);
  emit(node, steps);
  add(steps, { do: 'accept' });
  return steps.list;
}

class Steps {
  readonly list: Step[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.list.length;
  }

  add(step: Step): number {
    if (this.length >= this.#most)
      throw new PatternFault(`is longer than ${this.#most} steps when its repetitions are written out`);
    return this.list.push(step) - 1;
  }
}

function add(steps: Steps, step: Step): number {
  return steps.add(step);
}

function emit(node: PatternNode, steps: Steps): void {
  switch (node.kind) {
    case 'characters':
      add(steps, { do: 'take', has: node.has });
      return;
    case 'place':
      add(steps, { do: 'check', where: node.where });
      return;
    case 'group':
      add(steps, { do: 'note', what: node.index * 2 });
      emit(node.of, steps);
      add(steps, { do: 'note', what: node.index * 2 + 1 });
      return;
    case 'sequence':
      for (const part of node.parts) emit(part, steps);
      return;
    case 'choice':
      emitChoice(node.options, steps);
      return;
    case 'repeat':
      emitRepeat(node, steps);
  }
}

function emitChoice(options: readonly PatternNode[], steps: Steps): void {
  const ends: { do: 'jump'; to: number }[] = [];
  for (const [index, option] of options.entries()) {
    if (index === options.length - 1) {
      emit(option, steps);
      continue;
    }
    const fork = { do: 'fork' as const, first: 0, second: 0 };
    fork.first = add(steps, fork) + 1;
    emit(option, steps);
    const end = { do: 'jump' as const, to: 0 };
    add(steps, end);
    ends.push(end);
    fork.second = steps.length;
  }
  for (const end of ends) end.to = steps.length;
}

function emitRepeat({ of, least, most, isLazy }: Extract<PatternNode, { kind: 'repeat' }>, steps: Steps): void {
  for (let count = 0; count < least; count++) emit(of, steps);
  if (most === undefined) {
    const open = addFork(steps);
    emit(of, steps);
    add(steps, { do: 'jump', to: open.at });
    open.close(steps.length, isLazy);
    return;
  }
  const forks: Fork[] = [];
  for (let count = least; count < most; count++) {
    forks.push(addFork(steps));
    emit(of, steps);
  }
  for (const open of forks) open.close(steps.length, isLazy);
}

interface Fork {
  readonly at: number;
  /** Leads past what is repeated; first where it is lazy, for the first way is the better one. */
  close(past: number, isLazy: boolean | undefined): void;
}

function addFork(steps: Steps): Fork {
  const fork = { do: 'fork' as const, first: 0, second: 0 };
  const at = add(steps, fork);
  return {
    at,
    close(past, isLazy) {
      fork.first = isLazy === true ? past : at + 1;
      fork.second = isLazy === true ? at + 1 : past;
    },
  };
}

/** Whether the program accepts the text: all of it, or (`anywhere`) a part of it. */
export function run(program: Program, text: string, anywhere: boolean): boolean {
  let threads = new Threads(program, text);
  let next = new Threads(program, text);
  let width = 1;
  for (let at = 0; at <= text.length; at += width) {
    if (at === 0 || anywhere) threads.add(0, at);
    if (threads.isAccepting && (anywhere || at === text.length)) return true;
    next.clear();
    const code = text.codePointAt(at) ?? 0;
    width = code > 0xffff ? 2 : 1;
    for (const index of at < text.length ? threads.waiting : []) {
      const step = program[index];
      if (step?.do === 'take' && step.has(code)) next.add(index + 1, at + width);
    }
    [threads, next] = [next, threads];
    if (!anywhere && threads.waiting.length === 0 && !threads.isAccepting) return false;
  }
  return false;
}

/** The places in a program that a run has reached before one character of the text. */
class Threads {
  readonly #program: Program;
  readonly #text: string;
  readonly #seen: Uint8Array;
  /** Steps that want the next character. */
  readonly waiting: number[] = [];
  isAccepting = false;

  constructor(program: Program, text: string) {
    this.#program = program;
    this.#text = text;
    this.#seen = new Uint8Array(program.length);
  }

  clear(): void {
    this.#seen.fill(0);
    this.waiting.length = 0;
    this.isAccepting = false;
  }

  /** Follows all that needs no character. */
  add(start: number, at: number): void {
    const open = [start];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const step = this.#program[index];
      if (step === undefined || this.#seen[index] === 1) continue;
      this.#seen[index] = 1;
      if (step.do === 'take') this.waiting.push(index);
      else if (step.do === 'accept') this.isAccepting = true;
      else if (step.do === 'jump') open.push(step.to);
      else if (step.do === 'fork') open.push(step.second, step.first);
      else if (step.do === 'note') open.push(index + 1);
      else if (holds(step.where, this.#text, at)) open.push(index + 1);
    }
  }
}

export function holds(where: PatternPlace, text: string, at: number): boolean {
  if (where === 'start') return at === 0;
  if (where === 'end') return at === text.length;
  if (where === 'line-start') return at === 0 || text[at - 1] === '\n';
  if (where === 'line-end') return at === text.length || text[at] === '\n';
  const isEdge = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
  return isEdge === (where === 'word-edge');
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
