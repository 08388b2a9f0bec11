import type { Expression } from '../syntax/ast.ts';
import type { Fact } from './facts.ts';
import { operatorSign, textOf } from './text.ts';

/** What would have to be otherwise: in words, all of several, or any of several. Undefined: nothing can be said. */
export type Change = string | { readonly all: readonly Change[] } | { readonly any: readonly Change[] } | undefined;

const MAX_PARTS = 6;

export function changeText(change: Change): string {
  return render(change, false);
}

function render(change: Change, isInside: boolean): string {
  if (change === undefined || typeof change === 'string') return change ?? '';
  const isAll = 'all' in change;
  const parts = isAll ? change.all : change.any;
  const texts = [...new Set(parts.map((part) => render(part, parts.length > 1)))].filter((text) => text !== '');
  const shown = texts.slice(0, MAX_PARTS);
  const rest = texts.length - shown.length;
  const joined = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(isAll ? ' and ' : ' or ');
  return isInside && texts.length > 1 ? `(${joined})` : joined;
}

/** The words for a comparison that holds, and for one that does not. */
const WORDS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['==', ['is', 'is not']],
  ['!=', ['is not', 'is']],
  ['<', ['is less than', 'is at least']],
  ['<=', ['is at most', 'is more than']],
  ['>', ['is more than', 'is at most']],
  ['>=', ['is at least', 'is less than']],
  ['in', ['is among', 'is not among']],
]);

/** What one comparison would have to be: `object.spec.severity is not 'critical'`. */
export function leafChange(one: Expression, wanted: boolean, facts: readonly Fact[]): Change {
  if (one.kind === 'literal') return undefined;
  if (one.kind === 'select' && one.isTest)
    return `${textOf({ ...one, isTest: false })} is ${wanted ? 'set' : 'not set'}`;
  if (one.kind !== 'call') return `${textOf(one)} is ${wanted}`;
  const sign = operatorSign(one.name) ?? '';
  const [left, right] = one.arguments;
  const words = WORDS.get(sign)?.[wanted ? 0 : 1];
  if (words === undefined || !left || !right) return `${textOf(one)} is ${wanted}`;
  if (sign === 'in' && left.kind === 'literal')
    return `${textOf(right)} ${wanted ? 'contains' : 'does not contain'} ${textOf(left)}`;
  return `${textOf(left)} ${words} ${wantedText(right, facts)}`;
}

/** What it was compared with, by value where that is not plain to see. */
function wantedText(right: Expression, facts: readonly Fact[]): string {
  const text = textOf(right);
  const known = right.kind === 'literal' ? undefined : facts.find(({ expression }) => expression === text);
  return known === undefined ? text : `${text} (${known.value})`;
}
