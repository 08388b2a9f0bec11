import type { Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';
import { type Pep440Version, parsePep440 } from './parse.ts';

export function comparePep440(a: string, b: string): Result<Ordering> {
  return compareParsed(parsePep440(a), parsePep440(b), compareVersions);
}

export function compareVersions(a: Pep440Version, b: Pep440Version): number {
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    comparePre(a, b) ||
    comparePost(a.post, b.post) ||
    compareDev(a.dev, b.dev) ||
    compareLocal(a.local, b.local)
  );
}

/** Number by number; absent ones are 0. */
export function compareReleases(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const sign = compareDigits(a[i] ?? '', b[i] ?? '');
    if (sign !== 0) return sign;
  }
  return 0;
}

/** `1.0.dev1` comes before `1.0a1`, which comes before `1.0` and `1.0.post1`. */
function comparePre(a: Pep440Version, b: Pep440Version): number {
  return preRank(a) - preRank(b) || compareDigits(a.pre?.number ?? '', b.pre?.number ?? '');
}

function preRank({ pre, post, dev }: Pep440Version): number {
  if (pre) return pre.stage;
  return post === undefined && dev !== undefined ? -1 : 3;
}

function comparePost(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  return compareDigits(a, b);
}

function compareDev(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareDigits(a, b);
}

/** Numbers are newer than texts, a longer label newer than its start. */
function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const sign = compareSegments(a[i] ?? '', b[i] ?? '');
    if (sign !== 0) return sign;
  }
  return a.length - b.length;
}

function compareSegments(a: string, b: string): number {
  const aNumeric = /^\d+$/.test(a);
  if (aNumeric !== /^\d+$/.test(b)) return aNumeric ? 1 : -1;
  if (aNumeric) return compareDigits(a, b);
  return Number(a > b) - Number(a < b);
}
