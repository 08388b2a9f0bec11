import type { Expression } from '../syntax/ast.ts';
import { operatorSign } from './text.ts';

/** A part of a comparison and the value that it had. */
export interface Fact {
  /** `object.spec.severity` */
  readonly expression: string;
  /** `'critical'`, `a list of 12` */
  readonly value: string;
}

const MAX_FACTS = 6;

/** The parts of a comparison whose values a person wants to see: both sides, and the fields that they are made of. */
export function factOperands(one: Expression): Expression[] {
  const isComparison = one.kind === 'call' && operatorSign(one.name) !== undefined;
  const sides = isComparison ? one.arguments.filter(({ kind }) => kind !== 'literal' && kind !== 'list') : [];
  const found = [...sides, ...sides.flatMap(pathsIn), ...(sides.length === 0 ? pathsIn(one) : [])];
  return [...new Set(found)].slice(0, MAX_FACTS);
}

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
  return partsOf(one).some((part) => isConfidential(part, hidden));
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

/** The longest chains of fields in an expression, without those inside of macros, which have variables of their own. */
function pathsIn(one: Expression): Expression[] {
  if (isPath(one)) return [one];
  switch (one.kind) {
    case 'select':
      return one.isTest ? [] : pathsIn(one.of);
    case 'index':
      return [...pathsIn(one.of), ...pathsIn(one.index)];
    case 'call':
      return [...(one.target ? pathsIn(one.target) : []), ...one.arguments.flatMap(pathsIn)];
    case 'and':
    case 'or':
      return one.operands.flatMap(pathsIn);
    case 'conditional':
      return [one.test, one.yes, one.no].flatMap(pathsIn);
    case 'comprehension':
      return pathsIn(one.range);
    case 'optional-map':
      return pathsIn(one.of);
    case 'list':
      return one.items.flatMap(({ value }) => pathsIn(value));
    default:
      return [];
  }
}

function isPath(one: Expression): boolean {
  if (one.kind === 'name') return true;
  if (one.kind === 'index') return isPath(one.of) && (one.index.kind === 'literal' || isPath(one.index));
  return one.kind === 'select' && !one.isTest && isPath(one.of);
}
