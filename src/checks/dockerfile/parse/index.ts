import { type IgnoreComment, type InlineIgnore, parseIgnoreComment } from '../../ignore.ts';
import type { Dockerfile, Fault, Instruction, Stage, Word } from '../document.ts';
import type { ShellBudget } from '../shell/parse.ts';
import { baseOf } from './base.ts';
import { readHeredocs } from './heredocs.ts';
import { keywordEnd, readInstruction } from './instruction.ts';
import { type JoinedText, joinLines, offsetOf, readDirectives, type Source, sliceJoined, splitLines } from './lines.ts';
import { Scopes } from './scope.ts';

const MAX_LENGTH = 1024 * 1024;
const MAX_INSTRUCTIONS = 5000;
const MAX_SHELL_WORDS = 100_000;
const MAX_FAULTS = 50;

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/**
 * Reads a Dockerfile as https://docs.docker.com/reference/dockerfile/ has it. Never fails: what is not understood is a fault, and the
 * rest is there.
 *
 * @param today ISO date or time to judge by
 */
export function parseDockerfile(text: string, today: string): Dockerfile {
  // Bytes of a program or of UTF-16 are no lines that mean something.
  const isText = !text.slice(0, MAX_LENGTH).includes('\0');
  const bounded = isText ? text.slice(0, MAX_LENGTH) : '';
  const parser = new DockerfileParser(bounded);
  if (!isText) parser.fault('it is no text in UTF-8', 0);
  else if (bounded.length < text.length)
    parser.fault('the file is longer than 1 MiB; the rest was not read', bounded.length);
  return parser.read(today);
}

class DockerfileParser {
  readonly #source: Source;
  readonly #directives: ReturnType<typeof readDirectives>;
  readonly #faults: Fault[] = [];
  readonly #instructions: Instruction[] = [];
  readonly #stages: (Stage & { instructions: Instruction[] })[] = [];
  readonly #ignores: InlineIgnore[] = [];
  readonly #scopes: Scopes;
  readonly #budget: ShellBudget = { words: MAX_SHELL_WORDS };
  /** Comments above the next instruction. */
  #comments: { readonly comment: IgnoreComment; readonly line: number }[] = [];

  constructor(document: string) {
    const lines = splitLines(document);
    this.#directives = readDirectives(lines);
    this.#source = { document, lines, escapeWith: this.#directives.escapeWith };
    this.#faults.push(...this.#directives.faults);
    // The backtick is for Windows, whose default shell is cmd.
    this.#scopes = new Scopes(this.#directives.escapeWith === '\\');
  }

  fault(message: string, start: number, end = start): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ message, start, end });
  }

  read(today: string): Dockerfile {
    const { document, lines, escapeWith } = this.#source;
    let index = 0;
    while (index < lines.length && this.#instructions.length < MAX_INSTRUCTIONS) index = this.#readAt(index);
    if (index < lines.length)
      this.fault(`more than ${MAX_INSTRUCTIONS} instructions; the rest was not read`, lines[index]?.start ?? 0);
    if (this.#budget.words <= 0) this.fault('its commands have too many words; not all of them were read', 0);
    if (this.#stages.length === 0) this.fault('there is no FROM: it builds no image', 0);
    const syntax = this.#syntax();
    return {
      text: document,
      lineStarts: lines.map(({ start }) => start),
      escapeWith,
      ...(syntax && { syntax }),
      instructions: this.#instructions,
      stages: this.#stages,
      globalArguments: this.#scopes.globals,
      ignores: this.#ignores,
      faults: this.#faults,
      today,
    };
  }

  #syntax(): Word | undefined {
    const { syntax } = this.#directives;
    if (!syntax) return undefined;
    const { value, start } = syntax;
    return { raw: value, value, unknown: [], start, end: start + value.length };
  }

  /** Reads what begins at a line; returns the index of the line after it. */
  #readAt(index: number): number {
    const { lines, escapeWith } = this.#source;
    const content = (lines[index]?.content ?? '').replace(/^\ufeff/, '').trim();
    if (content === '') return index + 1;
    if (content.startsWith('#')) {
      this.#comment(content, index);
      return index + 1;
    }
    const joined = joinLines(lines, index, escapeWith);
    for (let inside = index + 1; inside < joined.next; inside++)
      this.#comment(lines[inside]?.content.trim() ?? '', inside);
    const next = this.#read(joined, joined.next, false);
    this.#placeComments(index, next);
    return next;
  }

  #comment(content: string, index: number): void {
    const comment = content.startsWith('#') ? parseIgnoreComment(content.slice(1)) : undefined;
    if (comment) this.#comments.push({ comment, line: index + 1 });
  }

  #placeComments(first: number, next: number): void {
    for (const { comment, line } of this.#comments) {
      const { ids, reason, expires, isForFile } = comment;
      const lines = isForFile
        ? { firstLine: 1, lastLine: this.#source.lines.length }
        : { firstLine: first + 1, lastLine: next };
      this.#ignores.push({ ids, reason, line, ...lines, ...(expires && { expires }) });
    }
    this.#comments = [];
  }

  #read(joined: JoinedText, next: number, isTrigger: boolean): number {
    const { text } = joined;
    const begins = text.startsWith('\ufeff') ? 1 : 0;
    if (begins > 0) return this.#read(sliceJoined(joined, 1), next, isTrigger);
    const end = keywordEnd(text);
    const keyword = text.slice(0, end).toUpperCase();
    const place = { start: offsetOf(joined, 0), end: offsetOf(joined, end, true) };
    if (!keywords.has(keyword) || (isTrigger && /^(?:FROM|MAINTAINER|ONBUILD)$/.test(keyword))) {
      const what = isTrigger ? 'ONBUILD with an instruction that it cannot have' : 'no instruction of a Dockerfile';
      this.fault(`${what}: ${printableStart(text)}`, place.start, place.end);
      return next;
    }
    if (keyword === 'ONBUILD') return this.#read(sliceJoined(joined, afterBlanks(text, end)), next, true);
    const heredocs = readHeredocs(this.#source, keyword, text, next);
    for (const { message, start } of heredocs.faults) this.fault(message, start);
    const instruction = readInstruction(
      {
        joined,
        keyword,
        heredocs: heredocs.heredocs,
        isTrigger,
        stage: this.#stages.length - (keyword === 'FROM' ? 0 : 1),
        end: this.#source.lines[heredocs.next - 1]?.end ?? place.end,
      },
      {
        escapeWith: this.#source.escapeWith,
        variables: this.#scopes.variables(keyword === 'FROM'),
        isPosix: this.#scopes.isPosix,
        budget: this.#budget,
      },
    );
    this.#take(instruction);
    return heredocs.next;
  }

  #take(instruction: Instruction): void {
    const { keyword, words, pairs, isTrigger, start, end } = instruction;
    if (
      words.length + pairs.length + instruction.commands.length === 0 &&
      isEmpty(instruction, this.#source.document)
    ) {
      this.fault(`${keyword} has no arguments`, start, end);
      return;
    }
    if (keyword === 'FROM') {
      this.#begin(instruction);
      return;
    }
    if (keyword !== 'ARG' && pairs.some(({ value }) => value === undefined))
      this.fault(`${keyword} has a name without a value`, start, end);
    if (this.#stages.length === 0 && keyword !== 'ARG')
      this.fault(`${keyword} stands before the first FROM`, start, end);
    this.#instructions.push(instruction);
    this.#stages.at(-1)?.instructions.push(instruction);
    if (isTrigger) return;
    if (keyword === 'ARG') this.#scopes.declareArguments(pairs);
    if (keyword === 'ENV') this.#scopes.setEnvironment(pairs);
    if (keyword === 'SHELL') this.#scopes.isPosix = /(?:^|[/])(?:ba|da|a|k|z)?sh$/.test(words[0]?.value ?? '');
  }

  #begin(from: Instruction): void {
    const [image, as, name] = from.words;
    if (!image) return;
    const isNamed = as?.value.toLowerCase() === 'as' && name !== undefined;
    if (from.words.length > 1 && !isNamed)
      this.fault('FROM has words that are neither image nor name', from.start, from.end);
    const stage = {
      index: this.#stages.length,
      ...(isNamed && { name: name.value.toLowerCase() }),
      from,
      base: baseOf(image, this.#stages),
      instructions: [],
    };
    this.#instructions.push(from);
    this.#stages.push(stage);
    this.#scopes.begin(stage);
  }
}

function isEmpty({ keywordSpan, end }: Instruction, document: string): boolean {
  return document.slice(keywordSpan.end, end).trim() === '';
}

function afterBlanks(text: string, from: number): number {
  return from + (text.length - from - text.slice(from).trimStart().length);
}

/** Enough of a line to recognise it by. */
function printableStart(text: string): string {
  const start = text.slice(0, 40).replaceAll(/[^\x20-\x7e]/g, '?');
  return text.length > 40 ? `${start}…` : start;
}
