import type { InlineIgnore } from '../ignore.ts';

/** A Dockerfile or Containerfile as it was understood. Offsets are UTF-16 code units into `text`. */
export interface Dockerfile {
  readonly text: string;
  /** Offset at which each line begins. */
  readonly lineStarts: readonly number[];
  /** What continues a line and takes the meaning of the next character: a backslash unless a directive says otherwise. */
  readonly escapeWith: '\\' | '`';
  /** The frontend that the first lines ask for: `docker/dockerfile:1`. */
  readonly syntax?: Word;
  /** All of them in order, triggers of ONBUILD unwrapped. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** Names of the arguments before the first FROM. */
  readonly globalArguments: ReadonlyMap<string, GlobalArgument>;
  readonly ignores: readonly InlineIgnore[];
  /** What could not be understood. Checks saw the rest. */
  readonly faults: readonly Fault[];
  /** ISO date or time on which it is judged: checks have no clock. */
  readonly today: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Fault extends Span {
  readonly message: string;
}

export interface GlobalArgument extends Span {
  /** Undefined where whoever builds must give it. */
  readonly value?: string;
}

/** A word of an instruction with its place. */
export interface Word extends Span {
  /** As it is written, continuations taken out. */
  readonly raw: string;
  /** Without quotes, variables replaced where the instruction has that done by the builder. */
  readonly value: string;
  /** Variables whose value only whoever builds knows; they stand in `value` as they are written. */
  readonly unknown: readonly string[];
}

export interface Flag extends Span {
  /** `from` of `--from=build`. */
  readonly name: string;
  readonly value?: string;
  /** The value holds variables that are not known. */
  readonly isUnknown: boolean;
}

export interface Heredoc extends Span {
  readonly name: string;
  /** Whether `<<-` has leading tabs taken away. */
  readonly stripsTabs: boolean;
  /** False where the delimiter is quoted. */
  readonly expands: boolean;
  /** Place of the lines between, `start === end` when there are none. The span of the heredoc itself is this too. */
  readonly content: string;
}

export interface Instruction extends Span {
  /** Upper case. */
  readonly keyword: string;
  /** Place of the keyword as it is written. */
  readonly keywordSpan: Span;
  /** Of ONBUILD: it runs when another image is built on this one. */
  readonly isTrigger: boolean;
  /** Index of the build stage; -1 before the first FROM. */
  readonly stage: number;
  readonly flags: readonly Flag[];
  readonly form: 'json' | 'words';
  /** Arguments after the flags: elements of the JSON form or words. Of ENV, LABEL and ARG the pairs are in `pairs` instead. */
  readonly words: readonly Word[];
  readonly pairs: readonly Pair[];
  readonly heredocs: readonly Heredoc[];
  /** Of RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands of a POSIX shell, those in substitutions and `sh -c` too. Empty where another shell is in force. */
  readonly commands: readonly Command[];
}

export interface Pair {
  readonly name: Word;
  /** Undefined for an ARG without a default. */
  readonly value?: Word;
}

export interface Stage {
  readonly index: number;
  /** Lower case, as names are compared. */
  readonly name?: string;
  readonly from: Instruction;
  readonly base: Base;
  /** Without FROM. */
  readonly instructions: readonly Instruction[];
}

export type Base =
  | { readonly kind: 'scratch'; readonly word: Word }
  | { readonly kind: 'stage'; readonly word: Word; readonly stage: number }
  | ({ readonly kind: 'image'; readonly word: Word } & ImageName);

export interface ImageName {
  /** With the registry where one is named: `ghcr.io/acme/app`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** What stands in front of a command: the operator that joins it to the one before. */
export type Joiner = 'start' | '&&' | '||' | ';' | '|' | '&';

/** A simple command of a shell script. */
export interface Command extends Span {
  readonly joiner: Joiner;
  /** Parentheses, braces and substitutions around it. */
  readonly depth: number;
  /** `NAME=value` in front. */
  readonly assignments: readonly ShellWord[];
  /** All words as they stand; redirections are taken out. */
  readonly words: readonly ShellWord[];
  /** What is run in the end, without its folder: `apt-get` of `sudo -E /usr/bin/apt-get update`. */
  readonly program: string;
  /** Of the program. */
  readonly arguments: readonly ShellWord[];
  /** Programs in front that run others: `sudo`, `env`, `xargs`. */
  readonly wrappers: readonly string[];
  readonly redirections: readonly Redirection[];
  /** Whether its place in the document is exact: a script in a string has the place of the string. */
  readonly isExact: boolean;
}

export interface ShellWord extends Span {
  /** Without quotes; variables and substitutions stay as they are written. */
  readonly value: string;
  /** Commands in `$(…)`, backticks, `<(…)` inside of the word. */
  readonly commands: readonly Command[];
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<<`. */
  readonly operator: string;
  readonly target: ShellWord;
}
