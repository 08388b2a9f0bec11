import { err, ok, type Result } from '../result.ts';
import { automaton } from './automaton.ts';
import { type Found, find } from './find.ts';
import { parseGlob } from './glob.ts';
import { compile } from './program.ts';
import { parseRegularExpression } from './regular-expression.ts';
import { PatternFault, type PatternNode } from './syntax.ts';

/** A pattern that somebody wrote, ready to be asked. Takes time linear in the text, whatever was written. */
export interface Pattern {
  readonly source: string;
  matches(text: string): boolean;
}

const MAX_PATTERN = 1000;
/** Longer texts match no pattern; paths and names are shorter. */
const MAX_TEXT = 8192;

/** A glob for the whole text. A glob without wildcards is compared as it is. */
export function globPattern(source: string): Result<Pattern> {
  if (!hasWildcards(source)) return ok({ source, matches: (text) => text === source });
  return patternOf(source, parseGlob, false);
}

/** A regular expression in RE2's syntax, found anywhere in the text unless it is anchored. */
export function regularExpression(source: string): Result<Pattern> {
  return patternOf(source, (text) => parseRegularExpression(text).node, true);
}

export function hasWildcards(source: string): boolean {
  return /[*?[{\\]/.test(source);
}

function patternOf(source: string, parse: (source: string) => PatternNode, anywhere: boolean): Result<Pattern> {
  if (source.length > MAX_PATTERN) return err(`is longer than ${MAX_PATTERN} characters`);
  try {
    const accepts = automaton(compile(parse(source)), anywhere);
    return ok({ source, matches: remembering((text) => text.length <= MAX_TEXT && accepts(text)) });
  } catch (error) {
    if (error instanceof PatternFault) return err(error.message);
    throw error;
  }
}

/** A regular expression by which places in a text are found, however long it is. */
export interface TextSearch {
  /** Steps of its program: what one character of a text costs at most. */
  readonly steps: number;
  /** How many groups can be asked for, without the whole. */
  readonly groups: number;
  matches(text: string): boolean;
  /** The first place at or behind `from`, as RE2 chooses it. */
  find(text: string, from: number): Found | undefined;
}

const MAX_SEARCH_STEPS = 10_000;

export function textSearch(source: string): Result<TextSearch> {
  if (source.length > MAX_PATTERN * 4) return err(`is longer than ${MAX_PATTERN * 4} characters`);
  try {
    const { node, groups } = parseRegularExpression(source);
    const program = compile(node, MAX_SEARCH_STEPS);
    return ok({
      steps: program.length,
      groups,
      matches: automaton(program, true),
      find: (text, from) => find(program, text, from, groups),
    });
  } catch (error) {
    if (error instanceof PatternFault) return err(error.message);
    throw error;
  }
}

const REMEMBERED = 10_000;

/** The same package names and paths come again and again. */
function remembering(decide: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = decide(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, answer);
    return answer;
  };
}
