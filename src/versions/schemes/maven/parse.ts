import { ok, type Result } from '#foundation/index.ts';
import { compareDigits, isDigit } from '../../characters.ts';
import { unreadable } from '../../ordering.ts';

/** A number as its digits, or a qualifier in lower case. */
export type MavenItem = { readonly digits: string } | { readonly qualifier: string };

/**
 * A version as nested lists: a hyphen and each change between digits and letters open a list inside the current one.
 * Nothing ever follows a nested list, so the nesting is a chain, kept here as one array a level: no depth to exhaust.
 */
export type MavenVersion = readonly (readonly MavenItem[])[];

export function parseMaven(text: string): Result<MavenVersion> {
  if (text === '') return unreadable('maven', text, 'it is empty');
  if (text.includes('${')) return unreadable('maven', text, 'it contains a property that was not replaced');
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) <= 32) return unreadable('maven', text, 'it contains a blank or a control character');
  }
  return ok(normalise(split(text.toLowerCase())));
}

function split(text: string): MavenItem[][] {
  const levels: MavenItem[][] = [[]];
  let start = 0;
  let numeric = false;
  const current = (): MavenItem[] => levels[levels.length - 1] ?? [];
  const open = (): unknown => levels.push([]);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 45 || code === 46) {
      current().push(at === start ? { digits: '0' } : item(text.slice(start, at), numeric, false));
      start = at + 1;
      if (code === 45) open();
    } else if (isDigit(code) !== numeric) {
      if (at > start) {
        if (!numeric && current().length > 0) open();
        current().push(item(text.slice(start, at), numeric, !numeric));
        open();
        start = at;
      }
      numeric = !numeric;
    }
  }
  if (start < text.length) {
    if (!numeric && current().length > 0) open();
    current().push(item(text.slice(start), numeric, false));
  }
  return levels;
}

const beforeDigit: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);
const aliases: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);

function item(text: string, numeric: boolean, isBeforeDigit: boolean): MavenItem {
  if (numeric) return { digits: text };
  const word = isBeforeDigit ? (beforeDigit.get(text) ?? text) : text;
  return { qualifier: aliases.get(word) ?? word };
}

/** Drops what means nothing at the end of each list, and before a nested list: `1.0.0-foo.0` is `1-foo`. */
function normalise(levels: MavenItem[][]): MavenVersion {
  for (const level of levels) {
    while (isNull(level[level.length - 1])) level.pop();
  }
  while (levels.length > 1 && levels[levels.length - 1]?.length === 0) levels.pop();
  return levels;
}

function isNull(item: MavenItem | undefined): boolean {
  if (!item) return false;
  return 'digits' in item ? compareDigits(item.digits, '') === 0 : item.qualifier === '';
}
