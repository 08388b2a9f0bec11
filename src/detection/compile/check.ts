import { eventTypeStanding } from '../fields/event-categories.ts';
import type { BoundField, FieldCatalog, FieldType, FieldValue } from '../fields/field.ts';
import type { Check, Modifier, Operator } from '../syntax/tree.ts';
import { checkOperator, compileAny, parseConstant, type Test } from './comparison.ts';
import { CompileFault } from './fault.ts';
import { type CompiledOperand, compileOperand } from './operand.ts';

export type Ask<E> = (event: E) => boolean;

/** A check ready to be asked. */
export interface CompiledCheck<E> {
  readonly ask: Ask<E>;
  /** For a check of `evt.type`: whether it holds for a type, so that it is decided before events come. */
  readonly ofType: ((type: string) => boolean) | undefined;
}

export function compileCheck<E>(check: Check, catalog: FieldCatalog<E>): CompiledCheck<E> {
  const left = compileOperand(check.left, catalog);
  checkOperator(left.type, left.list, check.operator, left.name, check.at);
  const isType = check.left.kind === 'field' && check.left.name === 'evt.type' && catalog.source === 'syscall';
  if (check.operator === 'exists') return { ask: exists(left), ofType: isType ? () => true : undefined };
  const { right } = check;
  if (right === undefined) throw new CompileFault('condition-invalid', `${check.operator} has no right side`, check.at);
  if (right.kind === 'field' || right.kind === 'transformation')
    return { ask: compareOperands(left, check, catalog), ofType: undefined };
  const texts = right.kind === 'values' ? right.texts : [right.text];
  if (isType) for (const text of texts) checkType(text, check);
  const test = constantTest(left.type, check.operator, check.modifier, texts, right.at);
  return { ask: asked(left, check, test), ofType: isType ? (type) => test(type) : undefined };
}

function checkType(type: string, { operator, at }: Check): void {
  const isExact =
    operator === '=' || operator === '==' || operator === '!=' || operator === 'in' || operator === 'intersects';
  if (isExact && eventTypeStanding(type) === 'unknown')
    throw new CompileFault('event-type-unknown', `there is no event type ${type}`, at);
}

function exists<E>({ read, some }: CompiledOperand<E>): Ask<E> {
  if (some !== undefined) return (event) => some(event, () => true);
  return (event) => read(event) !== undefined;
}

/** Without a value nothing holds, whatever the operator. */
function asked<E>({ read, some, list, differs }: CompiledOperand<E>, { operator }: Check, test: Test): Ask<E> {
  if (list) return listAsked(read, operator, test);
  if (some !== undefined && operator === '!=' && differs === 'all')
    return (event) => some(event, () => true) && !some(event, (value) => !test(value));
  if (some !== undefined) return (event) => some(event, test);
  return (event) => {
    const value = read(event);
    return value !== undefined && test(value);
  };
}

/** `in`: all items are among the values. `intersects`: one is. */
function listAsked<E>(read: BoundField<E>['read'], operator: Operator, test: Test): Ask<E> {
  return (event) => {
    const value = read(event);
    if (!Array.isArray(value)) return false;
    return operator === 'in' ? value.every((item) => test(item)) : value.some((item) => test(item));
  };
}

function constantTest(
  type: FieldType,
  operator: Operator,
  modifier: Modifier | undefined,
  texts: readonly string[],
  at: number,
): Test {
  if (type === 'network' && operator === '!=') {
    const inside = compileAny(type, '=', texts, at);
    return (value) => !inside(value);
  }
  const constants = texts.map((text) => parseConstant(type, operator, text, at));
  if (modifier === undefined || modifier === 'anyof')
    return constants.length === 0 ? () => false : compileAny(type, operator, constants, at);
  if (constants.length === 0) return () => false;
  const tests = constants.map((constant) => compileAny(type, operator, [constant], at));
  if (modifier === 'allof') return (value) => tests.every((test) => test(value));
  return (value) => {
    let matched = 0;
    for (const test of tests) if (test(value)) matched++;
    return matched === 1;
  };
}

/** Two values of an event are compared: `proc.name = val(proc.pname)`. */
function compareOperands<E>(left: CompiledOperand<E>, check: Check, catalog: FieldCatalog<E>): Ask<E> {
  if (check.right?.kind !== 'transformation')
    throw new CompileFault('condition-invalid', 'a field on the right stands in val()', check.at);
  const right = compileOperand(check.right, catalog);
  for (const side of [left, right])
    if (side.plain)
      throw new CompileFault('type-mismatch', `${side.name} cannot be compared with another field`, check.at);
  if (
    left.type !== right.type ||
    (left.list !== right.list && check.operator !== 'in' && check.operator !== 'intersects')
  )
    throw new CompileFault(
      'type-mismatch',
      `${left.name} is of type ${nameOf(left)} and ${right.name} of type ${nameOf(right)}`,
      check.at,
    );
  const { operator } = check;
  return (event) => {
    const value = left.read(event);
    const other = value === undefined ? undefined : right.read(event);
    return value !== undefined && other !== undefined && compareValues(left.type, operator, value, other);
  };
}

function nameOf<E>({ type, list }: CompiledOperand<E>): string {
  return list ? `list of ${type}` : type;
}

/** Comparisons with what an event says are made anew: they are rare. A pattern that is none holds for nothing. */
function compareValues(type: FieldType, operator: Operator, value: FieldValue, other: FieldValue): boolean {
  const others: readonly FieldValue[] = Array.isArray(other) ? other : [other];
  const values: readonly FieldValue[] = Array.isArray(value) ? value : [value];
  try {
    const test = compileAny(type, operator, others, 0);
    return operator === 'intersects' ? values.some(test) : values.every(test);
  } catch (error) {
    if (error instanceof CompileFault) return false;
    throw error;
  }
}
