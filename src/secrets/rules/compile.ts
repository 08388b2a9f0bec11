import { checks } from '../evidence/index.ts';
import type { Check } from '../evidence/verdict.ts';
import { compileGlob } from '../places/glob.ts';
import type { SecretRule } from './rule.ts';

/** A rule, ready to be asked. */
export interface CompiledRule {
  readonly rule: SecretRule;
  /** Sticky, with indices. Of an assignment: for the whole value. */
  readonly pattern: RegExp;
  /** Of an assignment: for its name. */
  readonly name: RegExp;
  readonly check: Check | undefined;
  appliesTo(path: string): boolean;
}

/** A match longer than this has a `span` of its own. */
export const DEFAULT_SPAN = 2600;

/** What names of secrets have in them, where a rule does not say more. */
const SECRET_NAME = /key|token|secret|passw|pwd|auth|credential|private|access|_pat\b|sign|webhook|licen[sc]e|\bsid\b/i;

/** A token stands alone; in a quoted text the letter of an escape such as `\n` may be before it. */
const NOTHING_BEFORE = '(?:(?<![A-Za-z0-9_+])|(?<=\\\\[nrt]))';
const NOTHING_BEHIND = '(?![A-Za-z0-9_-])';

export function compileRule(rule: SecretRule): CompiledRule {
  const globs = rule.files?.map(compileGlob);
  return {
    rule,
    pattern: patternOf(rule),
    name: rule.name === undefined ? SECRET_NAME : new RegExp(rule.name, 'i'),
    check: rule.check === undefined ? undefined : checks.get(rule.check),
    appliesTo: (path) => globs === undefined || globs.some((matches) => matches(path)),
  };
}

function patternOf({ form, pattern }: SecretRule): RegExp {
  if (form === 'assignment') return new RegExp(`^(?:${pattern})$`);
  if (form === 'token') return new RegExp(`${NOTHING_BEFORE}(?:${pattern})${NOTHING_BEHIND}`, 'y');
  return new RegExp(pattern, 'dmy');
}
