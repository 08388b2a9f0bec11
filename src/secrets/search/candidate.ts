import type { Verdict } from '../evidence/verdict.ts';
import type { CompiledRule } from '../rules/compile.ts';
import { type Confidence, confidences } from '../rules/rule.ts';
import { entropyOf } from '../text/entropy.ts';
import { isPlaceholder } from '../text/placeholder.ts';
import { looksChosen, looksRandom } from '../text/value.ts';
import { isWordy } from '../text/wording.ts';

/** A match of a rule. Holds the secret: never leaves this module. */
export interface Candidate {
  readonly compiled: CompiledRule;
  readonly secret: string;
  /** Of the secret in the file, bytes. */
  readonly start: number;
  readonly end: number;
  /** Of what was matched: the rule is not asked again before it. */
  readonly matchEnd: number;
  /** Of an assignment. */
  readonly name?: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** How sure it is that the match is a secret; undefined when it is none. */
export function judge({ compiled, secret, groups }: Candidate): Confidence | undefined {
  const { rule, check } = compiled;
  if (rule.entropy !== undefined && entropyOf(secret) < rule.entropy) return undefined;
  if (rule.value === 'random' && !looksRandom(secret)) return undefined;
  if (rule.value === 'chosen' && !looksChosen(secret)) return undefined;
  if (!secret.startsWith('-----BEGIN') && isPlaceholder(secret)) return undefined;
  const verdict = check?.({ secret, groups }) ?? 'fits';
  return verdict === 'doubtful' && isWordy(secret) ? undefined : withVerdict(rule.confidence, verdict);
}

function withVerdict(confidence: Confidence, verdict: Verdict): Confidence | undefined {
  if (verdict === 'refuted') return undefined;
  if (verdict === 'fits') return confidence;
  return verdict === 'verified' ? 'verified' : 'low';
}

/** True when the first says more about the same place than the second. */
export function isBetter(first: Judged, second: Judged): boolean {
  return rankOf(first) - rankOf(second) < 0;
}

export interface Judged extends Candidate {
  readonly confidence: Confidence;
}

/** Sort key: special rules before generic ones, then sure ones, then those that cover more. */
function rankOf({ confidence, compiled, start, end }: Judged): number {
  const generic = compiled.rule.isGeneric === true ? 1 : 0;
  return (generic * confidences.length + confidences.indexOf(confidence)) * 100_000 - Math.min(end - start, 99_999);
}
