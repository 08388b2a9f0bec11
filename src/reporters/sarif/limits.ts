import { printable } from '#foundation/index.ts';
import { severityRank } from '#model/index.ts';
import type { Finding } from '#scan/index.ts';
import { cutTo } from '../columns.ts';
import { counted } from '../wording.ts';
import { ruleIdOf } from './kinds/index.ts';

/**
 * What GitHub's code scanning takes; an upload above is refused whole or cut in silence.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
export const limits = { results: 25_000, rules: 25_000, shortText: 1_024, messageText: 1_000, tags: 10 } as const;

export interface Selection {
  readonly kept: readonly Finding[];
  /** The findings of each rule, by rule id, in the order of the report. */
  readonly rules: ReadonlyMap<string, readonly Finding[]>;
  /** What was left out and why, one sentence each. */
  readonly omissions: readonly string[];
}

/** Worst first; what does not fit is counted, never dropped in silence. */
export function cutForCodeScanning(
  findings: readonly Finding[],
  at: { readonly results: number; readonly rules: number },
): Selection {
  const open = findings.filter((one) => one.kind !== 'vulnerability' || one.state !== 'not-affected');
  const worstFirst =
    open.length > at.results ? open.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity)) : open;
  const rules = new Map<string, Finding[]>();
  const kept = worstFirst.slice(0, at.results).filter((one) => {
    const id = ruleIdOf(one);
    const group = rules.get(id);
    if (group) group.push(one);
    else if (rules.size < at.rules) rules.set(id, [one]);
    else return false;
    return true;
  });
  return { kept, rules, omissions: omissions(findings.length - open.length, open.length - kept.length, at.results) };
}

function omissions(notAffected: number, cut: number, limit: number): string[] {
  const said: string[] = [];
  if (notAffected > 0) {
    said.push(
      `${counted(notAffected, 'statement')} by publishers that a package is not affected ${notAffected === 1 ? 'is' : 'are'} no result and left out here; the JSON report has them.`,
    );
  }
  if (cut > 0) {
    said.push(
      `${counted(cut, 'result')} of the lowest severity left out: code scanning services take at most ${limit}. The JSON report has all.`,
    );
  }
  return said;
}

/** A text in at most `limits.shortText` characters, without characters that act. */
export function shortText(text: string, characters: number = limits.shortText): string {
  return cutTo(printable(text), characters);
}
