import { ok, type Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

interface ConanVersion {
  readonly release: readonly string[];
  readonly pre?: readonly string[];
  readonly build?: readonly string[];
}

export function compareConan(a: string, b: string): Result<Ordering> {
  return compareParsed(parseConan(a), parseConan(b), compareVersions);
}

/** The build follows the last plus, the pre-release the first hyphen. */
function parseConan(text: string): Result<ConanVersion> {
  if (!/^[\w.+-]+$/.test(text)) return unreadable('conan', text, 'only letters, digits and _ . + - may stand in it');
  const plus = text.lastIndexOf('+');
  const main = plus < 0 ? text : text.slice(0, plus);
  const hyphen = main.indexOf('-');
  return ok({
    release: itemsOf(hyphen < 0 ? main : main.slice(0, hyphen)),
    ...(hyphen >= 0 && { pre: itemsOf(main.slice(hyphen + 1)) }),
    ...(plus >= 0 && { build: itemsOf(text.slice(plus + 1)) }),
  });
}

/** Zeros at the end do not count: `1.0` is `1`. */
function itemsOf(text: string): string[] {
  const items = text.split('.');
  while (items.length > 0 && /^0+$/.test(items[items.length - 1] ?? '')) items.pop();
  return items;
}

function compareVersions(a: ConanVersion, b: ConanVersion): number {
  const releases = compareLists(a.release, b.release);
  if (releases !== 0) return releases;
  if (!a.pre || !b.pre) {
    if (a.pre || b.pre) return a.pre ? -1 : 1;
  } else {
    const pres = compareLists(a.pre, b.pre);
    if (pres !== 0) return pres;
  }
  if (!a.build || !b.build) return Number(Boolean(a.build)) - Number(Boolean(b.build));
  return compareLists(a.build, b.build);
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const sign = compareItems(a[i] ?? '', b[i] ?? '');
    if (sign !== 0) return sign;
  }
  return a.length - b.length;
}

/** Two numbers by value; anything else as text, a number in its shortest spelling. */
function compareItems(a: string, b: string): number {
  const aNumeric = /^\d+$/.test(a);
  const bNumeric = /^\d+$/.test(b);
  if (aNumeric && bNumeric) return compareDigits(a, b);
  const left = aNumeric ? withoutPadding(a) : a;
  const right = bNumeric ? withoutPadding(b) : b;
  return Number(left > right) - Number(left < right);
}

function withoutPadding(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}
