import { ok, type Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

interface PortageVersion {
  readonly numbers: readonly string[];
  /** A single letter or empty. */
  readonly letter: string;
  readonly suffixes: readonly { readonly rank: number; readonly digits: string }[];
  readonly revision: string;
}

const suffixRanks = ['alpha', 'beta', 'pre', 'rc', '', 'p'];
const releasedRank = suffixRanks.indexOf('');

export function comparePortage(a: string, b: string): Result<Ordering> {
  return compareParsed(parsePortage(a), parsePortage(b), compareVersions);
}

function parsePortage(text: string): Result<PortageVersion> {
  const match = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/.exec(text);
  if (!match) return unreadable('portage', text, 'the Package Manager Specification does not allow it');
  const [, numbers = '', letter = '', suffixes = '', revision = ''] = match;
  return ok({ numbers: numbers.split('.'), letter, suffixes: suffixes.split('_').slice(1).map(suffixOf), revision });
}

function suffixOf(text: string): PortageVersion['suffixes'][number] {
  const [, word = '', digits = ''] = /^([a-z]+)(\d*)$/.exec(text) ?? [];
  return { rank: suffixRanks.indexOf(word), digits };
}

function compareVersions(a: PortageVersion, b: PortageVersion): number {
  return (
    compareNumberLists(a.numbers, b.numbers) ||
    Number(a.letter > b.letter) - Number(a.letter < b.letter) ||
    compareSuffixes(a.suffixes, b.suffixes) ||
    compareDigits(a.revision, b.revision)
  );
}

function compareNumberLists(a: readonly string[], b: readonly string[]): number {
  const first = compareDigits(a[0] ?? '', b[0] ?? '');
  if (first !== 0) return first;
  for (let i = 1; i < Math.min(a.length, b.length); i++) {
    const sign = compareComponents(a[i] ?? '', b[i] ?? '');
    if (sign !== 0) return sign;
  }
  return a.length - b.length;
}

/** With a leading zero on either side, components are compared like decimal fractions. */
function compareComponents(a: string, b: string): number {
  if (!a.startsWith('0') && !b.startsWith('0')) return compareDigits(a, b);
  const left = withoutTrailingZeros(a);
  const right = withoutTrailingZeros(b);
  return Number(left > right) - Number(left < right);
}

/** By hand, since a pattern for zeros at the end tries every zero as a start. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function compareSuffixes(a: PortageVersion['suffixes'], b: PortageVersion['suffixes']): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i];
    const right = b[i];
    const ranks = (left?.rank ?? releasedRank) - (right?.rank ?? releasedRank);
    if (ranks !== 0) return ranks;
    const numbers = compareDigits(left?.digits ?? '', right?.digits ?? '');
    if (numbers !== 0) return numbers;
  }
  return 0;
}
