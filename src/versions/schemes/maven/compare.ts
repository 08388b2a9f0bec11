import type { Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';
import { type MavenItem, type MavenVersion, parseMaven } from './parse.ts';

export function compareMaven(a: string, b: string): Result<Ordering> {
  return compareParsed(parseMaven(a), parseMaven(b), compareVersions);
}

function compareVersions(a: MavenVersion, b: MavenVersion): number {
  for (let depth = 0; depth < a.length && depth < b.length; depth++) {
    const aItems = a[depth] ?? [];
    const bItems = b[depth] ?? [];
    const aHasList = depth + 1 < a.length;
    const bHasList = depth + 1 < b.length;
    const shared = Math.min(aItems.length, bItems.length);
    for (let i = 0; i < shared; i++) {
      const sign = compareItems(aItems[i], bItems[i]);
      if (sign !== 0) return sign;
    }
    if (aItems.length > shared) return compareRest(aItems, shared, a, depth + 1, bHasList);
    if (bItems.length > shared) return -compareRest(bItems, shared, b, depth + 1, aHasList);
    if (aHasList !== bHasList) return aHasList ? compareToNothing(a, depth + 1) : -compareToNothing(b, depth + 1);
  }
  return 0;
}

/** The side with further items against the other's nested list, or against nothing. */
function compareRest(
  items: readonly MavenItem[],
  from: number,
  version: MavenVersion,
  depth: number,
  againstList: boolean,
): number {
  const first = items[from];
  if (againstList && first) return 'digits' in first ? 1 : -1;
  for (let i = from; i < items.length; i++) {
    const sign = compareItems(items[i], undefined);
    if (sign !== 0) return sign;
  }
  return compareToNothing(version, depth);
}

function compareToNothing(version: MavenVersion, fromDepth: number): number {
  for (let depth = fromDepth; depth < version.length; depth++) {
    for (const item of version[depth] ?? []) {
      const sign = compareItems(item, undefined);
      if (sign !== 0) return sign;
    }
  }
  return 0;
}

/** Numbers are newer than qualifiers; an absent item is 0 to a number and the release to a qualifier. */
function compareItems(a: MavenItem | undefined, b: MavenItem | undefined): number {
  if (a && 'digits' in a) return b && 'qualifier' in b ? 1 : compareDigits(a.digits, b?.digits ?? '');
  if (b && 'digits' in b) return a ? -1 : compareDigits('', b.digits);
  return compareQualifiers(a?.qualifier ?? '', b?.qualifier ?? '');
}

/** Known qualifiers in their order; unknown ones come after all of these, by character. */
const known = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];

function compareQualifiers(a: string, b: string): number {
  const aRank = rank(a);
  const bRank = rank(b);
  if (aRank !== bRank || aRank < known.length) return aRank - bRank;
  return Number(a > b) - Number(a < b);
}

function rank(qualifier: string): number {
  const index = known.indexOf(qualifier);
  return index < 0 ? known.length : index;
}
