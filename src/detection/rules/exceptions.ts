import { listOperators, modifiers, numberOperators, textOperators } from '../syntax/tree.ts';
import type { RuleFault } from './fault.ts';
import type { ExceptionEntry, ExceptionItem } from './item.ts';
import { quoteItem } from './lists.ts';
import { MappedText } from './mapped-text.ts';

/** An exception whose parts fit together. */
export interface RuleException {
  readonly item: ExceptionItem;
  readonly name: string;
  readonly fields: string | readonly string[];
  readonly comps: string | readonly string[];
  readonly values: readonly ExceptionEntry[];
}

type Checked = { readonly exception: RuleException } | { readonly fault: RuleFault };

/** Checks that the fields of an exception have comparisons. Values are looked at when the condition is put together. */
export function checkException(item: ExceptionItem, about: string): Checked {
  const wrong = (message: string): Checked => ({
    fault: item.file.fault(
      'error',
      'exception-invalid',
      `exception ${JSON.stringify(item.name)}: ${message}`,
      item.offset,
      about,
    ),
  });
  const { name, fields, values } = item;
  if (fields === undefined) return wrong('it has no fields');
  if (typeof fields === 'string') {
    const comps = (item.comps ?? 'in').toString().trim();
    if (Array.isArray(item.comps)) return wrong('fields is a text, so comps is one too');
    if (!isForOneField(comps))
      return wrong(
        `with one field comps is in, pmatch, intersects or an operator with oneof, anyof or allof, not ${JSON.stringify(comps)}`,
      );
    return { exception: { item, name, fields, comps, values } };
  }
  const comps = item.comps ?? fields.map(() => '=');
  if (!isTexts(fields) || !isTexts(comps) || fields.length !== comps.length)
    return wrong('fields and comps are lists of the same length');
  const operators = comps.map((comp) => comp.trim());
  const unknown = operators.find((operator) => !isOperator(operator));
  if (unknown !== undefined) return wrong(`${JSON.stringify(unknown)} is no operator`);
  return { exception: { item, name, fields, comps: operators, values } };
}

function isTexts(entry: ExceptionEntry): entry is readonly string[] {
  return typeof entry !== 'string' && entry.every((one) => typeof one === 'string');
}

const OPERATORS: ReadonlySet<string> = new Set(['exists', ...numberOperators, ...textOperators, ...listOperators]);
const TEXT_OPERATORS: ReadonlySet<string> = new Set(textOperators);
const LIST_OPERATORS: ReadonlySet<string> = new Set(listOperators);
const MODIFIERS: ReadonlySet<string> = new Set(modifiers);

function hasModifier(operator: string): boolean {
  const [word = '', modifier = '', ...more] = operator.split(/\s+/);
  return more.length === 0 && TEXT_OPERATORS.has(word) && MODIFIERS.has(modifier);
}

function isOperator(operator: string): boolean {
  return OPERATORS.has(operator) || hasModifier(operator);
}

function isForOneField(operator: string): boolean {
  return LIST_OPERATORS.has(operator) || hasModifier(operator);
}

/** The condition of a rule but for its exceptions: `(condition) and not (...)`, as text. Or what is wrong with the values of one. */
export function withExceptions(
  condition: MappedText,
  exceptions: readonly RuleException[],
  about: string,
): MappedText | RuleFault {
  if (exceptions.length === 0) return condition;
  const parts = [condition.standingIn('(', 0), condition, condition.standingIn(')', condition.text.length)];
  for (const exception of exceptions) {
    const { item } = exception;
    const text = typeof exception.fields === 'string' ? ofOneField(exception) : ofFields(exception);
    if (text === undefined) {
      const shape = typeof exception.fields === 'string' ? 'a list of texts' : 'lists as long as its fields';
      return item.file.fault(
        'error',
        'exception-invalid',
        `exception ${JSON.stringify(item.name)}: its values are ${shape}`,
        item.offset,
        about,
      );
    }
    if (text !== '') parts.push(MappedText.at(item.file, item.offset, ` and not ${text}`));
  }
  return MappedText.joined(parts);
}

function ofOneField({ fields, comps, values }: RuleException): string | undefined {
  if (!isTexts(values)) return undefined;
  return values.length === 0 ? '' : `(${String(fields)} ${String(comps)} (${values.map(quoteItem).join(', ')}))`;
}

function ofFields({ fields, comps, values }: RuleException): string | undefined {
  if (values.length === 0) return '';
  const tuples = values.map((tuple) => {
    if (typeof tuple === 'string' || tuple.length !== fields.length) return undefined;
    const checks = tuple.map(
      (value, index) => `${fields[index]} ${comps[index]} ${valueText(value, comps[index] ?? '=')}`,
    );
    return `(${checks.join(' and ')})`;
  });
  return tuples.every((tuple) => tuple !== undefined) ? `(${tuples.join(' or ')})` : undefined;
}

function valueText(value: ExceptionEntry, comp: string): string {
  if (typeof value !== 'string') return `(${value.map((one) => quoteItem(String(one))).join(', ')})`;
  if (!isForOneField(comp)) return quoteItem(value);
  return value.startsWith('(') ? value : `(${value})`;
}
