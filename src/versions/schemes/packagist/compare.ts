import type { Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';
import { type PackagistVersion, parsePackagist, STAGE } from './parse.ts';

export function comparePackagist(a: string, b: string): Result<Ordering> {
  return compareParsed(parsePackagist(a), parsePackagist(b), compareVersions);
}

/** Composer hands its normal form to PHP's `version_compare`, part by part. */
export function compareVersions(a: PackagistVersion, b: PackagistVersion): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const sign = compareParts(left[i], right[i]);
    if (sign !== 0) return sign;
  }
  return 0;
}

/** A number as its digits, or a word as its place in dev < alpha < beta < RC < number < patch. */
type Part = string | number;

const devRank = 0;

function partsOf({ numbers, stage, stageNumbers, isDev }: PackagistVersion): Part[] {
  const parts: Part[] = [...numbers];
  if (stage !== STAGE.RELEASE) parts.push(stage, ...stageNumbers);
  if (isDev) parts.push(devRank);
  return parts;
}

/** A number stands where a release does among the words; one side's end is older than a number there. */
function compareParts(a: Part | undefined, b: Part | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareDigits(a, b);
  const ranks = rankOf(a) - rankOf(b);
  if (ranks !== 0) return ranks;
  return Number(typeof a === 'string') - Number(typeof b === 'string');
}

function rankOf(part: Part | undefined): number {
  return typeof part === 'number' ? part : STAGE.RELEASE;
}
