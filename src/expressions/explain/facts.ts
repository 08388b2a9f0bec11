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
