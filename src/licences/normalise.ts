import names from '../../content/licences/names.json' with { type: 'json' };
import { exceptionId, type LicenceTree, licenceId, parseExpression } from './expression.ts';

/** What words mean as SPDX writes it. */
export interface NormalLicence {
  readonly tree: LicenceTree;
  /** The record wrote a valid SPDX expression itself; otherwise its words were understood. */
  readonly isDeclared: boolean;
}

const MAX_CHARACTERS = 2_000;
const MAX_PARTS = 100;

/**
 * Understands what package records say about licences: SPDX expressions, the short names of Fedora (`GPLv2+ and BSD`), Debian
 * (`GPL-2+`, `Expat`), npm, Maven and PyPI, names in plain words. `undefined` when a part is not understood: half a licence
 * would be a wrong one.
 */
export function normaliseLicence(text: string): NormalLicence | undefined {
  const words = text.trim();
  if (words === '' || words.length > MAX_CHARACTERS) return undefined;
  const declared = parseExpression(words, { references: true });
  if (declared) return { tree: declared, isDeclared: true };
  const tree = named(words) ?? excepted(words) ?? compound(words);
  return tree === undefined ? undefined : { tree, isDeclared: false };
}

/** `GPL-2.0-or-later OR MIT`, with parentheses where they are needed. */
export function renderLicence(tree: LicenceTree): string {
  if (tree.kind === 'licence') {
    const id = tree.orLater ? `${tree.id}+` : tree.id;
    return tree.exception === undefined ? id : `${id} WITH ${tree.exception}`;
  }
  const operator = tree.kind === 'and' ? ' AND ' : ' OR ';
  return tree.parts
    .map((part) => (tree.kind === 'and' && part.kind === 'or' ? `(${renderLicence(part)})` : renderLicence(part)))
    .join(operator);
}

const idsByName: ReadonlyMap<string, string> = new Map(
  names.licences.flatMap(({ id, names: all }) => all.map((name) => [plain(name), id] as const)),
);

/** Lower case, words only: `The MIT License` and `mit` are the same. Dots and pluses count: they are versions. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.+]+/g, ' ')
    .replace(/\b(?:the|licen[sc]e[ds]?|version|ver)\b/g, ' ')
    .replace(/\bv(?:\.| )?(?=\d)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function named(words: string): LicenceTree | undefined {
  const name = plain(words);
  const listed = idsByName.get(name) ?? licenceId(words.replace(/\s+/g, '-')) ?? licenceId(name.replaceAll(' ', '-'));
  const id = listed ?? gnuLicence(name);
  return id === undefined ? undefined : { kind: 'licence', id, orLater: false };
}

/**
 * The GNU licences with their versions: `gplv2+`, `gpl 2+`, `gnu general public 3.0 or later`, `lgpl 2.1 only`. A bare number
 * without `only` means that version, as Fedora and Debian write it.
 */
function gnuLicence(name: string): string | undefined {
  const match =
    /^(?:gnu )?(gpl|lgpl|agpl|gfdl|fdl|general public|lesser general public|library general public|affero general public|free documentation)(?: \((?:l|a)?gpl\))? ?v?(\d(?:\.\d)?)(?:\.0)? ?(\+|or later|or newer|or greater|or any later|only|)$/.exec(
      name.replace(/\b(l|a)?gplv(?=\d)/, '$1gpl ').replace(/\s+\+/, '+'),
    );
  const family = GNU_FAMILIES.get(match?.[1] ?? '');
  const stated = match?.[2];
  if (family === undefined || stated === undefined) return undefined;
  const version = stated.includes('.') ? stated : `${stated}.0`;
  const later = match?.[3] === '' || match?.[3] === 'only' ? 'only' : 'or-later';
  return licenceId(`${family}-${version}-${later}`);
}

const GNU_FAMILIES: ReadonlyMap<string, string> = new Map([
  ['gpl', 'GPL'],
  ['general public', 'GPL'],
  ['lgpl', 'LGPL'],
  ['lesser general public', 'LGPL'],
  ['library general public', 'LGPL'],
  ['agpl', 'AGPL'],
  ['affero general public', 'AGPL'],
  ['gfdl', 'GFDL'],
  ['fdl', 'GFDL'],
  ['free documentation', 'GFDL'],
]);

const exceptionsByName: ReadonlyMap<string, string> = new Map(
  names.exceptions.flatMap(({ id, names: all }) => all.map((name) => [name, id] as const)),
);

/** `GPL-2+ with Autoconf exception`. An exception that is not known makes the whole not known: it may be a restriction. */
function excepted(words: string): LicenceTree | undefined {
  const match = /^([^()|/,;]{1,100}?)\s+with\s+([^()|/,;]{1,100})$/i.exec(words);
  if (!match || /\s(?:and|or)\s/i.test(words)) return undefined;
  const [, licence = '', stated = ''] = match;
  const name = plain(stated)
    .replace(/\bexceptions?\b/g, '')
    .trim();
  const exception = exceptionsByName.get(name) ?? exceptionId(stated.replace(/\s+/g, '-'));
  const base = normaliseLicence(licence)?.tree;
  return exception === undefined || base?.kind !== 'licence' ? undefined : { ...base, exception };
}

/** `A or B`, `A and (B or C)`, `A, B and C`, `A/B`, `A | B`, `A; B`, `A & B`. */
function compound(words: string): LicenceTree | undefined {
  const outer = withoutParentheses(words);
  if (outer !== words) return named(outer) ?? compound(outer);
  for (const [kind, separator] of SEPARATORS) {
    const parts = splitOutside(words, separator);
    if (parts.length < 2 || parts.length > MAX_PARTS) continue;
    const trees = parts.map((part) => normaliseLicence(part)?.tree);
    return trees.every((tree) => tree !== undefined) ? { kind, parts: trees } : undefined;
  }
  return undefined;
}

/** Loosest first. In `A, B or C` the comma repeats the word that follows, which the order settles well enough. */
const SEPARATORS: readonly (readonly ['and' | 'or', RegExp])[] = [
  ['or', /^(?:\s+or\s+|_or_|\s*\|{1,2}\s*|\s*\/\s*)/i],
  ['and', /^(?:,?\s+and\s+|_and_|\s*&{1,2}\s*|\s*[,;]\s+)/i],
];

function splitOutside(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    const match = depth === 0 ? separator.exec(text.slice(at, at + 16)) : null;
    if (!match || at === start) continue;
    parts.push(text.slice(start, at));
    at += match[0].length - 1;
    start = at + 1;
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}

function withoutParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (const [at, letter] of [...text].entries()) {
    if (letter === '(') depth++;
    if (letter === ')' && --depth === 0 && at < text.length - 1) return text;
  }
  return text.slice(1, -1).trim();
}
