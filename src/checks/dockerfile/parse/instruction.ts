import type { Flag, Heredoc, Instruction, Pair, Span, Word } from '../document.ts';
import type { ShellBudget } from '../shell/parse.ts';
import { commandsOf } from './commands.ts';
import { expandWord, type Variables } from './expand.ts';
import { type JoinedText, offsetOf, sliceJoined } from './lines.ts';
import { isBlank, type Piece, splitBlanks, splitJson, splitWords, wordEnd } from './split.ts';

/** What an instruction is read with. */
export interface Reading {
  readonly escapeWith: '\\' | '`';
  readonly variables: Variables;
  readonly isPosix: boolean;
  readonly budget: ShellBudget;
}

export interface InstructionText {
  /** From the keyword on. */
  readonly joined: JoinedText;
  readonly keyword: string;
  readonly heredocs: readonly Heredoc[];
  readonly stage: number;
  readonly isTrigger: boolean;
  /** Where the instruction ends, its here-documents with it. */
  readonly end: number;
}

const withFlags = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);
const withJson = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);
const withPairs = new Set(['ARG', 'ENV', 'LABEL']);
/** Their text is a command's, and is not cut into words here. */
const withCommand = new Set(['CMD', 'ENTRYPOINT', 'RUN']);
/** The builder leaves variables in these to whoever runs them. */
const unexpanded = new Set([...withCommand, 'HEALTHCHECK', 'MAINTAINER', 'SHELL']);

/** One argument to the end of the line. */
const single = new Set(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR']);

export function readInstruction(text: InstructionText, reading: Reading): Instruction {
  const { joined, keyword, heredocs, stage, isTrigger, end } = text;
  const reader = new ArgumentReader(joined, keyword, reading);
  const afterKeyword = keywordEnd(joined.text);
  const { flags, next } = withFlags.has(keyword)
    ? reader.flags(afterKeyword)
    : { flags: [], next: reader.skipBlanks(afterKeyword) };
  const { form, words, pairs, command } = argumentsOf(reader, keyword, joined.text, next);
  const parts = { keyword, form, words, heredocs };
  const commands = command === undefined ? [] : commandsOf(parts, sliceJoined(joined, command), reading);
  const keywordSpan = { start: offsetOf(joined, 0), end: offsetOf(joined, afterKeyword, true) };
  return { ...parts, keywordSpan, start: keywordSpan.start, end, isTrigger, stage, flags, pairs, commands };
}

export function keywordEnd(text: string): number {
  let at = 0;
  while (at < text.length && !isBlank(text[at])) at += 1;
  return at;
}

interface Arguments {
  readonly form: Instruction['form'];
  readonly words: readonly Word[];
  readonly pairs: readonly Pair[];
  /** Where a command begins in the joined text. */
  readonly command?: number;
}

function argumentsOf(reader: ArgumentReader, keyword: string, text: string, next: number): Arguments {
  if (keyword === 'HEALTHCHECK') return healthcheck(reader, text, next);
  if (withPairs.has(keyword)) return { form: 'words', words: [], pairs: reader.pairs(next) };
  const json = withJson.has(keyword) ? reader.json(next) : undefined;
  if (json) return { form: 'json', words: json, pairs: [], ...(withCommand.has(keyword) && { command: next }) };
  if (withCommand.has(keyword)) return { form: 'words', words: [], pairs: [], command: next };
  return { form: 'words', words: reader.words(next), pairs: [] };
}

/** `NONE`, or `CMD` with a command in either form; the first word is kept in front of a command's. */
function healthcheck(reader: ArgumentReader, text: string, next: number): Arguments {
  const [kind] = reader.words(next);
  const command = reader.skipBlanks(wordEnd(text, next, ''));
  if (kind?.raw.toUpperCase() !== 'CMD') return { form: 'words', words: kind ? [kind] : [], pairs: [] };
  const json = reader.json(command);
  return { form: json ? 'json' : 'words', words: json ?? [kind], pairs: [], command };
}

class ArgumentReader {
  readonly #joined: JoinedText;
  readonly #reading: Reading;
  readonly #expands: boolean;
  readonly #isSingle: boolean;

  constructor(joined: JoinedText, keyword: string, reading: Reading) {
    this.#joined = joined;
    this.#reading = reading;
    this.#expands = !unexpanded.has(keyword);
    this.#isSingle = single.has(keyword);
  }

  skipBlanks(from: number): number {
    let at = from;
    while (isBlank(this.#joined.text[at])) at += 1;
    return at;
  }

  flags(from: number): { flags: Flag[]; next: number } {
    const flags: Flag[] = [];
    const { text } = this.#joined;
    let next = this.skipBlanks(from);
    while (text.startsWith('--', next)) {
      const end = wordEnd(text, next, this.#reading.escapeWith);
      const raw = text.slice(next, end);
      const begins = next;
      next = this.skipBlanks(end);
      if (raw === '--') break;
      flags.push({ ...this.#flag(raw), ...this.#span({ start: begins, end }) });
    }
    return { flags, next };
  }

  #flag(raw: string): Omit<Flag, keyof Span> {
    const equals = raw.indexOf('=');
    if (equals < 0) return { name: raw.slice(2).toLowerCase(), isUnknown: false };
    // Flags are expanded whatever the instruction is.
    const { value, unknown } = this.#expand(raw.slice(equals + 1));
    return { name: raw.slice(2, equals).toLowerCase(), value, isUnknown: unknown.length > 0 };
  }

  words(from: number): Word[] {
    const { text } = this.#joined;
    const whole = text.slice(from).trimEnd();
    if (this.#isSingle) return whole === '' ? [] : [this.#word({ raw: whole, start: from, end: from + whole.length })];
    return splitBlanks(text, from).map((piece) => this.#word(piece));
  }

  json(from: number): Word[] | undefined {
    return splitJson(this.#joined.text, from)?.map(({ value, ...piece }) => this.#word(piece, value));
  }

  /** `name=value …`, or the old `name value` with one value to the end of the line. */
  pairs(from: number): Pair[] {
    const { text } = this.#joined;
    const pieces = splitWords(text, this.#reading.escapeWith, from);
    const [first, second] = pieces;
    const last = pieces.at(-1);
    if (first && second && last && !first.raw.includes('=') && !this.#isArgument()) {
      const value = { raw: text.slice(second.start, last.end), start: second.start, end: last.end };
      return [{ name: this.#plainWord(first), value: this.#word(value) }];
    }
    return pieces.map((piece) => this.#pair(piece));
  }

  #isArgument(): boolean {
    return /^ARG\b/i.test(this.#joined.text);
  }

  #pair({ raw, start, end }: Piece): Pair {
    const equals = raw.indexOf('=');
    if (equals < 0) return { name: this.#plainWord({ raw, start, end }) };
    const middle = start + equals;
    return {
      name: this.#plainWord({ raw: raw.slice(0, equals), start, end: middle }),
      value: this.#word({ raw: raw.slice(equals + 1), start: middle + 1, end }),
    };
  }

  #plainWord({ raw, start, end }: Piece): Word {
    return { raw, value: raw.replaceAll(/["']/g, ''), unknown: [], ...this.#span({ start, end }) };
  }

  #word(piece: Piece, value?: string): Word {
    const text = value ?? piece.raw;
    const isExpanded = this.#expands && /[$"'`\\]/.test(text);
    return {
      raw: piece.raw,
      ...(isExpanded ? this.#expand(text) : { value: text, unknown: [] }),
      ...this.#span(piece),
    };
  }

  #expand(text: string) {
    return expandWord(text, this.#reading.variables, this.#reading.escapeWith);
  }

  #span({ start, end }: Span): Span {
    return { start: offsetOf(this.#joined, start), end: offsetOf(this.#joined, end, true) };
  }
}
