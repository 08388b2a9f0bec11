import type { Result } from '#foundation/index.ts';
import { compareNumbers, isDigit } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'bitnami', prefix: 'v', minNumbers: 1, leadingZeros: true };

export function compareBitnami(a: string, b: string): Result<Ordering> {
  return compareParsed(parseSemantic(a, grammar), parseSemantic(b, grammar), compareRevisions);
}

/** `-3` is the third packaging of the same upstream version, so it is newer than none; other suffixes are pre-releases. */
function compareRevisions(a: SemanticVersion, b: SemanticVersion): number {
  const left = revisionOf(a);
  const right = revisionOf(b);
  const upstream = compareSemantic(withoutRevision(a, left), withoutRevision(b, right));
  return upstream !== 0 ? upstream : compareNumbers(left, 0, left.length, right, 0, right.length);
}

function revisionOf({ prerelease }: SemanticVersion): string {
  for (let at = 0; at < prerelease.length; at++) {
    if (!isDigit(prerelease.charCodeAt(at))) return '';
  }
  return prerelease;
}

function withoutRevision(version: SemanticVersion, revision: string): SemanticVersion {
  return revision === '' ? version : { ...version, prerelease: '' };
}
