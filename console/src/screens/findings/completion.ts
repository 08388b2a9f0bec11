import type { AnswerOf } from '../../api/client.ts';
import { quoted, writtenTerms } from './filter-text.ts';

export type FilterField = AnswerOf<'getFindingLanguage'>['fields'][number];

export interface Completion {
  /** What of the text it takes the place of. */
  readonly from: number;
  readonly to: number;
  /** What is written then. */
  readonly text: string;
  /** What it is called, and in a few words what it means. */
  readonly label: string;
  readonly about: string;
  /** More is to be typed behind it: a value behind the name of a field. */
  readonly isOpen: boolean;
}

/** Where the caret is: in a name of a field, or in a value of one. */
export type CaretPlace =
  | {
      readonly kind: 'name';
      readonly from: number;
      readonly to: number;
      readonly typed: string;
      readonly isNegated: boolean;
    }
  | {
      readonly kind: 'value';
      readonly from: number;
      readonly to: number;
      readonly typed: string;
      readonly field: string;
    };

export function caretPlace(text: string, caret: number): CaretPlace {
  const term = writtenTerms(text).find(({ from, to }) => from < caret && caret <= to);
  if (term === undefined) return { kind: 'name', from: caret, to: caret, typed: '', isNegated: false };
  const { from, to, field, isNegated, valueFrom } = term;
  if (field === undefined || caret < valueFrom) {
    const start = from + (isNegated ? 1 : 0);
    return { kind: 'name', from: start, to, typed: text.slice(start, caret), isNegated };
  }
  const before = text.slice(valueFrom, caret);
  const start = valueFrom + lastValueStart(before);
  const end = text.slice(caret, to).search(/,/);
  return {
    kind: 'value',
    from: start,
    to: end < 0 ? to : caret + end,
    typed: text.slice(start, caret).replaceAll('"', ''),
    field,
  };
}

/** Behind the last comma that is not quoted. */
function lastValueStart(text: string): number {
  let start = 0;
  let isQuoted = false;
  for (const [at, letter] of [...text].entries()) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) start = at + 1;
  }
  return start;
}

const TIMES = ['1d', '7d', '2w', '30d', '90d'] as const;
const MOST = 12;

/**
 * What can be written where the caret is. `known` are values of the field that the server told: teams, packages, assets.
 *
 * @example completions('is:open sev', 11, fields, []) offers `severity`
 */
export function completions(
  text: string,
  caret: number,
  fields: readonly FilterField[],
  known: readonly string[],
): readonly Completion[] {
  const place = caretPlace(text, caret);
  const found = place.kind === 'name' ? namesAt(place, fields) : valuesAt(place, fields, known);
  return found.slice(0, MOST);
}

function namesAt({ from, to, typed }: CaretPlace, fields: readonly FilterField[]): Completion[] {
  return ranked(fields, typed, ({ name }) => name).map(({ name, about, isOrdered, type }) => ({
    from,
    to,
    text: `${name}${isOrdered && type !== 'word' ? '' : ':'}`,
    label: name,
    about: firstSentence(about),
    isOpen: true,
  }));
}

function valuesAt(
  place: Extract<CaretPlace, { kind: 'value' }>,
  fields: readonly FilterField[],
  known: readonly string[],
): Completion[] {
  const field = fields.find(({ name }) => name === place.field);
  if (field === undefined) return [];
  const values = [...wordsOf(field), ...known, ...(field.isOptional ? ['none'] : [])];
  return ranked([...new Set(values)], place.typed, (value) => value)
    .filter((value) => value !== place.typed)
    .map((value) => ({
      from: place.from,
      to: place.to,
      text: quoted(value),
      label: value,
      about: meaningOf(field, value),
      isOpen: false,
    }));
}

function wordsOf({ type, words, isOrdered }: FilterField): readonly string[] {
  if (type === 'time') return TIMES;
  // Most look for the worst.
  return type === 'account' ? ['me'] : isOrdered ? words.toReversed() : words;
}

/** The sentence about one word, where the description has one: `overdue`: open after its date. */
function meaningOf({ about, name }: FilterField, value: string): string {
  const [, meaning] = new RegExp(`\`${value.replaceAll(/[^\w-]/g, '.')}\`: ([^.]+)\\.`).exec(about) ?? [];
  if (meaning !== undefined) return meaning;
  return value === 'none' ? `no ${name}` : value === 'me' ? 'you' : '';
}

/** Those that begin so, then those that have it somewhere. */
function ranked<Item>(items: readonly Item[], typed: string, nameOf: (item: Item) => string): Item[] {
  const wanted = typed.toLowerCase();
  const place = (item: Item) => nameOf(item).toLowerCase().indexOf(wanted);
  return items
    .filter((item) => place(item) >= 0)
    .toSorted((one, other) => Math.sign(place(one)) - Math.sign(place(other)));
}

function firstSentence(text: string): string {
  return (/^[^.]*\./.exec(text.replaceAll('`', ''))?.[0] ?? text).replace(/\.$/, '');
}

/** The text with a completion in it, and where the caret is then. */
export function completed(
  text: string,
  { from, to, text: added, isOpen }: Completion,
): { readonly text: string; readonly caret: number } {
  const rest = isOpen ? text.slice(to) : text.slice(to).replace(/^ /, '');
  const end = isOpen ? '' : ' ';
  return { text: text.slice(0, from) + added + end + rest, caret: from + added.length + end.length };
}
