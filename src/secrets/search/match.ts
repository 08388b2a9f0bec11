import type { CompiledRule } from '../rules/compile.ts';
import { DEFAULT_SPAN } from '../rules/compile.ts';
import { type Assignment, assignmentAt } from '../text/assignment.ts';
import type { TextWindow } from '../text/window.ts';
import type { Candidate } from './candidate.ts';

/** What an anchor may have before it: the reach of a rule, a name, what a look-behind looks at. */
const BEFORE = 256;

/** One place where an anchor occurs. The assignment around it is read once for all rules. */
export class Site {
  readonly #window: TextWindow;
  readonly #offset: number;
  readonly #length: number;
  /** With the value's offset in the file. */
  #assignment: Assignment | undefined;
  #isRead = false;

  constructor(window: TextWindow, offset: number, length: number) {
    this.#window = window;
    this.#offset = offset;
    this.#length = length;
  }

  /** How much was read for it, in pieces of 32 characters. */
  get effort(): number {
    return (this.#assignment?.value.length ?? 0) >>> 5;
  }

  /** What the rule finds here. */
  match(compiled: CompiledRule): Candidate | undefined {
    const { form, span } = compiled.rule;
    this.#window.show(this.#offset, BEFORE, (span ?? DEFAULT_SPAN) + BEFORE);
    return form === 'assignment' ? this.#assigned(compiled) : this.#matched(compiled);
  }

  #assigned(compiled: CompiledRule): Candidate | undefined {
    if (!this.#isRead) this.#assignment = this.#readAssignment();
    const found = this.#assignment;
    if (found === undefined || !compiled.name.test(found.name) || !compiled.pattern.test(found.value)) return undefined;
    return candidate(compiled, found.value, found.at, found.at + found.value.length, {}, found.name);
  }

  #readAssignment(): Assignment | undefined {
    this.#isRead = true;
    const { text, start } = this.#window;
    const at = this.#offset - start;
    const found = assignmentAt(text, at, at + this.#length);
    return found && { ...found, at: start + found.at };
  }

  #matched(compiled: CompiledRule): Candidate | undefined {
    const { pattern, rule } = compiled;
    const { text, start } = this.#window;
    const at = this.#offset - start;
    for (let from = Math.max(0, at - (rule.reach ?? 0)); from <= at; from++) {
      pattern.lastIndex = from;
      const found = pattern.exec(text);
      if (found === null) continue;
      const [first, last] = found.indices?.groups?.['secret'] ?? [found.index, found.index + found[0].length];
      const groups = found.groups ?? {};
      return candidate(compiled, text.slice(first, last), start + first, start + found.index + found[0].length, groups);
    }
    return undefined;
  }
}

function candidate(
  compiled: CompiledRule,
  secret: string,
  start: number,
  matchEnd: number,
  groups: Candidate['groups'],
  name?: string,
): Candidate {
  return { compiled, secret, start, end: start + secret.length, matchEnd, groups, ...(name !== undefined && { name }) };
}
