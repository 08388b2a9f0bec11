import { type Expression, SyntaxFault } from '../syntax/ast.ts';
import { parse } from '../syntax/parser.ts';
import { isList, Optional, type Value } from '../values/value.ts';
import { shortValue } from './text.ts';

/** Members in which people keep what nobody else may read: values of variables, the contents of Secrets. */
const CONFIDENTIAL =
  /^(?:value|data|stringData|binaryData|.*(?:passw|secret|token|credential|private_?key|api_?key).*)$/i;

/**
 * Whether a value may be one that no report is to carry: explanations are mailed and archived. `hidden`: variables of macros, and
 * definitions (`variables.NAME`), that stand for such values.
 */
export function isConfidential(one: Expression, hidden: ReadonlySet<string>): boolean {
  if (one.kind === 'select' && CONFIDENTIAL.test(one.field)) return true;
  if (one.kind === 'select' && one.of.kind === 'name' && hidden.has(`${one.of.name}.${one.field}`)) return true;
  if (one.kind === 'name' && hidden.has(one.name)) return true;
  if (one.kind === 'index' && isConfidentialKey(one.index)) return true;
  return partsOf(one).some((part) => isConfidential(part, hidden));
}

/** `object['data']` is `object.data`. */
function isConfidentialKey(index: Expression): boolean {
  return index.kind === 'literal' && typeof index.value === 'string' && CONFIDENTIAL.test(index.value);
}

/** All expressions that stand right in one, those of macros too. */
function partsOf(one: Expression): readonly Expression[] {
  switch (one.kind) {
    case 'select':
      return [one.of];
    case 'index':
      return [one.of, one.index];
    case 'call':
      return one.target ? [one.target, ...one.arguments] : one.arguments;
    case 'and':
    case 'or':
      return one.operands;
    case 'conditional':
      return [one.test, one.yes, one.no];
    case 'list':
      return one.items.map(({ value }) => value);
    case 'map':
      return one.entries.flatMap(({ key, value }) => [key, value]);
    case 'message':
      return one.fields.map(({ value }) => value);
    case 'comprehension':
      return one.filter ? [one.range, one.filter, one.body] : [one.range, one.body];
    case 'let':
      return [...one.bindings.map(({ value }) => value), one.body];
    case 'optional-map':
      return [one.of, one.body];
    default:
      return [];
  }
}

/** A policy is explained for thousands of objects. */
const confidential = new WeakMap<ReadonlyMap<string, string>, ReadonlySet<string>>();

/** Definitions use those before them only. One that cannot be read has no value to be shown. */
export function confidentialOf(definitions: ReadonlyMap<string, string>): ReadonlySet<string> {
  const known = confidential.get(definitions);
  if (known !== undefined) return known;
  const hidden = new Set<string>();
  for (const [name, source] of definitions) {
    const read = readable(source);
    if (read === undefined || isConfidential(read, hidden)) hidden.add(`variables.${name}`);
  }
  confidential.set(definitions, hidden);
  return hidden;
}

function readable(source: string): Expression | undefined {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof SyntaxFault || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What may be told of a value that may be a secret. */
export function hiddenValue(value: Value): string {
  if (value instanceof Optional && value.value !== undefined) return hiddenValue(value.value);
  if (typeof value === 'string') return value === '' ? "''" : 'a text that is not shown';
  return isList(value) ? `a list of ${value.length}` : shortValue(value);
}
