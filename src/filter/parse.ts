import { err, ok, type Result, suggestion } from '#foundation/index.ts';
import type { Field, FieldType, Filter, FilterOperator, FilterTerm, FilterValue } from './field.ts';
import { type FilterFault, readTerms, type WrittenTerm, type WrittenValue } from './tokens.ts';

/** What a filter is read with. */
export interface FilterLanguage<Name extends string> {
  readonly fields: readonly (Field & { readonly name: Name })[];
  /** Where words without a field are looked for. */
  readonly textField: Name;
}

/**
 * Reads a filter. Every field has a type, and what does not fit is a fault with its place rather than a filter that finds nothing. Times
 * such as `7d` are made absolute with `now`.
 *
 * @example parseFilter('severity>=high -package:openssl due<7d', findingLanguage, now)
 */
export function parseFilter<Name extends string>(
  text: string,
  language: FilterLanguage<Name>,
  now: Date,
): Result<Filter<Name>, FilterFault> {
  const written = readTerms(text);
  if (!written.ok) return written;
  const terms: FilterTerm<Name>[] = [];
  for (const term of written.value) {
    const typed = typedTerm(term, language, now);
    if (!typed.ok) return typed;
    terms.push(typed.value);
  }
  return ok(terms);
}

function typedTerm<Name extends string>(
  { at, isNegated, field: named, values }: WrittenTerm,
  { fields, textField }: FilterLanguage<Name>,
  now: Date,
): Result<FilterTerm<Name>, FilterFault> {
  const { name, operator } = named ?? { name: textField, operator: ':' as const };
  const field = fields.find((one) => one.name === name);
  if (field === undefined)
    return err({
      at,
      message: `There is no field ${name}${suggestion(
        name,
        fields.map((one) => one.name),
      )}`,
    });
  const fault = operatorFault(field, operator, values.length);
  if (fault !== undefined) return err({ at, message: fault });
  const typed: FilterValue[] = [];
  for (const value of values) {
    const read = typedValue(field, value, now);
    if (!read.ok) return err({ at: value.at, message: `${name}: ${read.error}` });
    if (read.value.kind === 'none' && operator !== ':')
      return err({ at: value.at, message: `${name}: none is not more or less than something; write ${name}:none.` });
    typed.push(read.value);
  }
  return ok({ field: field.name, isNegated, operator, values: typed });
}

function operatorFault({ name, type }: Field, operator: FilterOperator, values: number): string | undefined {
  if (operator === ':') return undefined;
  const isOrdered = type.kind === 'number' || type.kind === 'time' || (type.kind === 'word' && type.isOrdered);
  if (!isOrdered) return `${name} has no order; write ${name}:value.`;
  return values > 1 ? `${name}${operator} takes one value.` : undefined;
}

function typedValue({ type, isOptional }: Field, { text }: WrittenValue, now: Date): Result<FilterValue> {
  if (isOptional && text === 'none') return ok({ kind: 'none' });
  switch (type.kind) {
    case 'word':
      if (type.words.includes(text)) return ok({ kind: 'word', text });
      return err(`${JSON.stringify(text.slice(0, 40))} is none of its words${suggestion(text, type.words)}`);
    case 'pattern':
      return ok({ kind: 'pattern', text });
    case 'text':
      return /[\p{L}\p{N}]/u.test(text) ? ok({ kind: 'text', text }) : err('There is no letter or digit to look for.');
    case 'account':
      return typedAccount(text);
    case 'number':
      return typedNumber(text);
    case 'time':
      return typedTime(type, text, now);
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function typedAccount(text: string): Result<FilterValue> {
  return text === 'me' || UUID.test(text)
    ? ok({ kind: 'account', text })
    : err('Give the id of an account, me or none.');
}

function typedNumber(text: string): Result<FilterValue> {
  const isNumber = /^-?\d{1,12}(?:\.\d{1,6})?$/.test(text);
  return isNumber ? ok({ kind: 'number', number: Number(text) }) : err('This takes a number, as in 12 or 0.5.');
}

const HOUR_MS = 3_600_000;
const UNIT_MS = new Map([
  ['h', HOUR_MS],
  ['d', 24 * HOUR_MS],
  ['w', 7 * 24 * HOUR_MS],
]);

function typedTime({ direction }: Extract<FieldType, { kind: 'time' }>, text: string, now: Date): Result<FilterValue> {
  const [, sign = '', amount = '', unit = ''] = /^(-?)(\d{1,5})([hdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS.get(unit);
  if (unitMs !== undefined) {
    const away = Number(amount) * unitMs * (direction === 'ahead' ? 1 : -1) * (sign === '-' ? -1 : 1);
    const time = new Date(now.getTime() + away);
    return ok({ kind: 'time', time, until: new Date(time.getTime() + 1) });
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    return err('This takes a day as in 2026-12-31, or a time as in 7d, 12h or 2w.');
  return ok({ kind: 'time', time: day, until: new Date(day.getTime() + 24 * HOUR_MS) });
}
