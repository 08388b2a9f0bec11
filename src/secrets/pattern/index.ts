import { err, ok, type Result } from '#foundation/index.ts';
import { costOf, longestMatch } from './cost.ts';
import { PatternFault, type PatternNode, parsePattern } from './syntax.ts';

export interface CheckedPattern {
  /** The longest match, characters. */
  readonly longest: number;
  /** Upper bound for the steps of one attempt. */
  readonly steps: number;
}

const MAX_PATTERN = 1000;
/** A few milliseconds, if it ever came to that. */
const MAX_STEPS = 3_000_000;

/**
 * Whether a regular expression takes a bounded time on any text: `(a+)+` and the like take for ever on some. Says which it refuses
 * and why; what it accepts is valid JavaScript.
 */
export function checkPattern(source: string): Result<CheckedPattern> {
  if (source.length > MAX_PATTERN) return err(`is longer than ${MAX_PATTERN} characters`);
  const node = parsed(source);
  if (!node.ok) return node;
  const { steps } = costOf(node.value);
  if (!(steps <= MAX_STEPS))
    return err(
      'can take very long on hostile text: bound its repetitions ({1,40} instead of +) and let them not overlap',
    );
  return ok({ longest: longestMatch(node.value), steps });
}

function parsed(source: string): Result<PatternNode> {
  try {
    const node = parsePattern(source);
    new RegExp(source, 'dmy');
    return ok(node);
  } catch (error) {
    if (error instanceof PatternFault) return err(error.message);
    if (error instanceof SyntaxError) return err(`is no regular expression: ${error.message}`);
    throw error;
  }
}
