import type { Command, Joiner, Redirection, ShellWord } from '../document.ts';
import { isAssignment, programOf } from './program.ts';

/** Where a script stands in the document. */
export interface ScriptPlace {
  /** Offset in the document of an offset in the script. */
  offset(at: number, isEnd: boolean): number;
  readonly isExact: boolean;
}

/** What all scripts of a document together may hold; shared, and counted down. */
export interface ShellBudget {
  words: number;
}

const MAX_DEPTH = 24;

/**
 * Simple commands of a POSIX shell script in the order in which they stand: quotes, operators, subshells, substitutions,
 * redirections and here-documents are understood; what decides whether a command runs (`if`, `case`, functions) is not.
 * Commands in substitutions and in `sh -c` stand behind the command that they are part of.
 */
export function parseShell(text: string, place: ScriptPlace, budget: ShellBudget, depth = 0): Command[] {
  return new ShellReader(text, place, budget).script('', depth, 'start');
}

/** Words of the grammar that stand where a command could. */
const reserved = new Set(['if', 'then', 'elif', 'else', 'fi', 'do', 'done', 'while', 'until', '!', 'esac']);
const shells = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);

interface Script {
  readonly commands: Command[];
  readonly close: string;
  pending: Pending;
  depth: number;
}

interface Pending {
  joiner: Joiner;
  words: ShellWord[];
  assignments: ShellWord[];
  redirections: Redirection[];
}

class ShellReader {
  readonly #text: string;
  readonly #place: ScriptPlace;
  readonly #budget: ShellBudget;
  #at = 0;
  /** Here-documents whose lines follow the current one. */
  #awaited: { readonly name: string; readonly stripsTabs: boolean }[] = [];

  constructor(text: string, place: ScriptPlace, budget: ShellBudget) {
    this.#text = text;
    this.#place = place;
    this.#budget = budget;
  }

  /** Commands up to `close`, which is left standing, or to the end. */
  script(close: string, depth: number, first: Joiner): Command[] {
    const script: Script = { commands: [], pending: emptyCommand(first), close, depth };
    while (this.#at < this.#text.length && this.#budget.words > 0) {
      const character = this.#text[this.#at] ?? '';
      if (close !== '' && character === close) break;
      if (character === '(' && script.pending.words.length === 0 && depth < MAX_DEPTH) this.#subshell(script);
      else if (!this.#skips()) this.#step(script, character);
    }
    this.#end(script, ';');
    return script.commands;
  }

  #step(script: Script, character: string): void {
    if (character === '\n') {
      this.#newline();
      // A line may end behind an operator; what it joins then stands in the next one.
      if (!isEmpty(script.pending)) this.#end(script, ';');
    } else if (this.#isRedirection()) this.#redirect(script.pending, script.depth);
    else if (isOperator(character)) this.#end(script, this.#operator());
    else this.#take(script, this.#word(script.close, script.depth));
  }

  #subshell(script: Script): void {
    this.#at += 1;
    script.commands.push(...this.script(')', script.depth + 1, script.pending.joiner));
    this.#at += 1;
    script.pending = emptyCommand(';');
  }

  #take(script: Script, word: ShellWord): void {
    const { pending } = script;
    if (!isEmpty(pending)) place(pending, word);
    else if (word.value === '{') script.depth += 1;
    else if (word.value === '}') script.depth = Math.max(0, script.depth - 1);
    else if (!reserved.has(word.value)) place(pending, word);
  }

  #end(script: Script, joiner: Joiner): void {
    if (isEmpty(script.pending)) script.pending.joiner = joiner;
    else {
      script.commands.push(...this.#finish(script.pending, script.depth));
      script.pending = emptyCommand(joiner);
    }
  }

  /** Blanks, continued lines and comments. */
  #skips(): boolean {
    const character = this.#text[this.#at];
    if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
    else if (character === '\\' && this.#text[this.#at + 1] === '\n') this.#at += 2;
    else if (character === '#') this.#at = indexOrEnd(this.#text, '\n', this.#at);
    else return false;
    return true;
  }

  #newline(): void {
    this.#at += 1;
    const awaited = this.#awaited;
    this.#awaited = [];
    for (const { name, stripsTabs } of awaited) this.#passHeredoc(name, stripsTabs);
  }

  #passHeredoc(name: string, stripsTabs: boolean): void {
    while (this.#at < this.#text.length) {
      const end = indexOrEnd(this.#text, '\n', this.#at);
      const line = this.#text.slice(this.#at, end);
      this.#at = Math.min(end + 1, this.#text.length);
      if ((stripsTabs ? line.replace(/^\t+/, '') : line) === name) return;
    }
  }

  #isRedirection(): boolean {
    const found = /\d{0,3}(?:&>|[<>](?!\())/y;
    found.lastIndex = this.#at;
    return found.test(this.#text);
  }

  #operator(): Joiner {
    const found = /&&|\|\||\|&|;;?&?|[|&()]/y;
    found.lastIndex = this.#at;
    const [operator = ';'] = found.exec(this.#text) ?? [];
    this.#at += operator.length;
    if (operator === '&&' || operator === '||' || operator === '&') return operator;
    return operator === '|' || operator === '|&' ? '|' : ';';
  }

  #redirect(pending: Pending, depth: number): void {
    const found = /\d{0,3}(&>>?|<<<|<<-?|<>|>>|>\||[<>]&?)/y;
    found.lastIndex = this.#at;
    const [whole = '>', operator = '>'] = found.exec(this.#text) ?? [];
    this.#at += whole.length;
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at += 1;
    if (this.#at >= this.#text.length || isOperator(this.#text[this.#at] ?? '') || this.#text[this.#at] === '\n')
      return;
    const target = this.#word('', depth);
    if (operator === '<<' || operator === '<<-') {
      this.#awaited.push({ name: target.value, stripsTabs: operator === '<<-' });
    }
    pending.redirections.push({ operator, target });
  }

  #word(close: string, depth: number): ShellWord {
    this.#budget.words -= 1;
    const begins = this.#at;
    const parts: string[] = [];
    const commands: Command[] = [];
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (endsWord(character) && !(isAngle(character) && this.#text[this.#at + 1] === '(')) break;
      if (close === '`' && character === '`') break;
      parts.push(this.#part(character, depth, commands));
    }
    // Nothing that ends a word may be left standing where one is expected, or reading would not go on.
    if (this.#at === begins) this.#at += 1;
    return { value: parts.join(''), commands, ...this.#span(begins, this.#at) };
  }

  #part(character: string, depth: number, commands: Command[]): string {
    switch (character) {
      case "'":
        return this.#singleQuoted();
      case '"':
        return this.#doubleQuoted(depth, commands);
      case '\\':
        return this.#escaped();
      case '$':
      case '`':
      case '<':
      case '>':
        return this.#substitution(depth, commands);
      default: {
        const plain = /[^\s'"\\$`<>|&;()]{1,4096}/y;
        plain.lastIndex = this.#at;
        const [text = character] = plain.exec(this.#text) ?? [];
        this.#at += text.length;
        return text;
      }
    }
  }

  #escaped(): string {
    const next = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    return next === '\n' ? '' : next;
  }

  #singleQuoted(): string {
    const end = indexOrEnd(this.#text, "'", this.#at + 1);
    const inside = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return inside;
  }

  #doubleQuoted(depth: number, commands: Command[]): string {
    const parts: string[] = [];
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"') break;
      if (character === '$' || character === '`') parts.push(this.#substitution(depth, commands));
      else if (character === '\\' && '$`"\\\n'.includes(this.#text[this.#at + 1] ?? ' ')) parts.push(this.#escaped());
      else {
        parts.push(character);
        this.#at += 1;
      }
    }
    this.#at += 1;
    return parts.join('');
  }

  /** `$(…)`, backticks, `<(…)`, `$((…))`, `${…}`, `$'…'` or a plain character; gives what stands there. */
  #substitution(depth: number, commands: Command[]): string {
    const begins = this.#at;
    const character = this.#text[this.#at] ?? '';
    const next = this.#text[this.#at + 1];
    if (character === '`') this.#nested(1, '`', depth, commands);
    else if (character === '$' && next === '(' && this.#text[this.#at + 2] === '(') this.#pass('(', ')');
    else if (next === '(') this.#nested(2, ')', depth, commands);
    else if (character === '$' && next === '{') this.#pass('{', '}');
    else if (character === '$' && next === "'") return this.#dollarQuoted();
    else this.#at += 1;
    return this.#text.slice(begins, this.#at);
  }

  /** `$'…'`, where a backslash escapes the closing quote. */
  #dollarQuoted(): string {
    const begins = this.#at + 2;
    let at = begins;
    while (at < this.#text.length && this.#text[at] !== "'") at += this.#text[at] === '\\' ? 2 : 1;
    this.#at = at + 1;
    return this.#text.slice(begins, at);
  }

  #nested(length: number, close: string, depth: number, commands: Command[]): void {
    this.#at += length;
    if (depth >= MAX_DEPTH) this.#at = this.#text.length;
    const awaited = this.#awaited;
    this.#awaited = [];
    commands.push(...this.script(close, depth + 1, 'start'));
    this.#awaited = awaited;
    this.#at += 1;
  }

  /** Passes over a balanced pair whose first opening character is ahead. */
  #pass(open: string, close: string): void {
    let level = 0;
    for (this.#at += 1; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === '\\') this.#at += 1;
      else if (character === open) level += 1;
      else if (character === close) {
        level -= 1;
        if (level === 0) break;
      }
    }
    this.#at += 1;
  }

  /** The command with those inside of its words behind it. */
  #finish({ joiner, words, assignments, redirections }: Pending, depth: number): Command[] {
    const all = [...assignments, ...words];
    const start = all[0]?.start ?? 0;
    const end = Math.max(all.at(-1)?.end ?? 0, redirections.at(-1)?.target.end ?? 0);
    const parts = { joiner, depth, assignments, words, redirections, isExact: this.#place.isExact, start, end };
    const command: Command = { ...parts, ...programOf(words) };
    const inside = [...all, ...redirections.map(({ target }) => target)].flatMap((word) => word.commands);
    return [command, ...inside, ...this.#scriptArgument(command)];
  }

  #scriptArgument({ program, arguments: words, depth }: Command): Command[] {
    if (!shells.has(program) || depth >= MAX_DEPTH) return [];
    const option = words.findIndex(({ value }) => /^-[a-z]{0,10}c[a-z]{0,10}$/.test(value));
    const script = option < 0 ? undefined : words[option + 1];
    if (!script || script.commands.length > 0) return [];
    const place = { isExact: false, offset: (_: number, isEnd: boolean) => (isEnd ? script.end : script.start) };
    return parseShell(script.value, place, this.#budget, depth + 1);
  }

  #span(start: number, end: number) {
    const bounded = Math.min(end, this.#text.length);
    return { start: this.#place.offset(start, false), end: this.#place.offset(bounded, true) };
  }
}

function emptyCommand(joiner: Joiner): Pending {
  return { joiner, words: [], assignments: [], redirections: [] };
}

function isEmpty({ words, assignments }: Pending): boolean {
  return words.length + assignments.length === 0;
}

function place(pending: Pending, word: ShellWord): void {
  const isInFront = pending.words.length === 0 && isAssignment(word.value);
  (isInFront ? pending.assignments : pending.words).push(word);
}

function isOperator(character: string): boolean {
  return character === '|' || character === '&' || character === ';' || character === '(' || character === ')';
}

function isAngle(character: string): boolean {
  return character === '<' || character === '>';
}

function endsWord(character: string): boolean {
  return /[\s|&;()<>]/.test(character);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}
