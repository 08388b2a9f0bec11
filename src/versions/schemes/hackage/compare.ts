import { ok, type Result } from '#foundation/index.ts';
import { compareNumericLists, hasPaddedNumber, type NumericList, parseNumericList } from '../../numeric-list.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

export function compareHackage(a: string, b: string): Result<Ordering> {
  return compareParsed(parseHackage(a), parseHackage(b), compareNumericLists);
}

/** Cabal refuses leading zeros, so that equal versions have one spelling. */
function parseHackage(text: string): Result<NumericList> {
  const list = parseNumericList('hackage', text, '.');
  if (list.ok && hasPaddedNumber(list.value)) return unreadable('hackage', text, 'a number starts with a zero');
  return list.ok ? ok(list.value) : list;
}
