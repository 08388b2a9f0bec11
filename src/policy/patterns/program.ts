import { PatternFault, type PatternNode } from './syntax.ts';

/**
 * One step of a program. Programs are run with all their threads side by side (Thompson's construction, as RE2 has it), so that no
 * pattern takes more than its own length times that of the text: a user's pattern cannot stall a scan.
 */
type Step =
  | { readonly do: 'take'; readonly has: (code: number) => boolean }
  | { readonly do: 'fork'; first: number; second: number }
  | { readonly do: 'jump'; to: number }
  | { readonly do: 'check'; readonly where: 'start' | 'end' | 'word-edge' | 'no-word-edge' }
  | { readonly do: 'accept' };

export type Program = readonly Step[];

/** `a{1000}` is a thousand steps. */
const MAX_STEPS = 2000;

export function compile(node: PatternNode): Program {
  const steps: Step[] = [];
  emit(node, steps);
  add(steps, { do: 'accept' });
  return steps;
}

function add(steps: Step[], step: Step): number {
  if (steps.length >= MAX_STEPS)
    throw new PatternFault(`is longer than ${MAX_STEPS} steps when its repetitions are written out`);
  return steps.push(step) - 1;
}

function emit(node: PatternNode, steps: Step[]): void {
  switch (node.kind) {
    case 'characters':
      add(steps, { do: 'take', has: node.has });
      return;
    case 'place':
      add(steps, { do: 'check', where: node.where });
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

function emitChoice(options: readonly PatternNode[], steps: Step[]): void {
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

function emitRepeat({ of, least, most }: Extract<PatternNode, { kind: 'repeat' }>, steps: Step[]): void {
  for (let count = 0; count < least; count++) emit(of, steps);
  if (most === undefined) {
    const fork = { do: 'fork' as const, first: 0, second: 0 };
    const at = add(steps, fork);
    fork.first = at + 1;
    emit(of, steps);
    add(steps, { do: 'jump', to: at });
    fork.second = steps.length;
    return;
  }
  const forks: { do: 'fork'; first: number; second: number }[] = [];
  for (let count = least; count < most; count++) {
    const fork = { do: 'fork' as const, first: 0, second: 0 };
    fork.first = add(steps, fork) + 1;
    forks.push(fork);
    emit(of, steps);
  }
  for (const fork of forks) fork.second = steps.length;
}

/** Whether the program accepts the text: all of it, or (`anywhere`) a part of it. */
export function run(program: Program, text: string, anywhere: boolean): boolean {
  let threads = new Threads(program, text);
  let next = new Threads(program, text);
  for (let at = 0; at <= text.length; at++) {
    if (at === 0 || anywhere) threads.add(0, at);
    if (threads.isAccepting && (anywhere || at === text.length)) return true;
    next.clear();
    const code = text.charCodeAt(at);
    for (const index of at < text.length ? threads.waiting : []) {
      const step = program[index];
      if (step?.do === 'take' && step.has(code)) next.add(index + 1, at + 1);
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
      else if (holds(step.where, this.#text, at)) open.push(index + 1);
    }
  }
}

function holds(where: 'start' | 'end' | 'word-edge' | 'no-word-edge', text: string, at: number): boolean {
  if (where === 'start') return at === 0;
  if (where === 'end') return at === text.length;
  const isEdge = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
  return isEdge === (where === 'word-edge');
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
