import { ordered } from '../library/operators.ts';
import type { Comprehension } from '../syntax/ast.ts';
import {
  EvaluationFault,
  isList,
  isMap,
  keyOf,
  keysOf,
  MixedKeyMap,
  setEntry,
  typeNameOf,
  type Value,
} from '../values/value.ts';
import type { Compiler, Local } from './compile.ts';
import { asFault, type Frame, type Step, spend } from './frame.ts';
import type { Scope } from './scope.ts';

/** One comprehension made ready: `each` walks over the range with the variables set. */
interface Loop {
  readonly range: Step;
  readonly filter: Step | undefined;
  readonly body: Step;
  readonly first: number;
  readonly second: number | undefined;
}

export function compileComprehension(compiler: Compiler, node: Comprehension, scope: Scope<Local>): Step {
  const range = compiler.compile(node.range, scope);
  const slots = node.variables.map(() => compiler.newSlot());
  const inner = scope.with(node.variables.map((name, index) => [name, { slot: slots[index] ?? 0 }]));
  const filter = node.filter && compiler.compile(node.filter, inner);
  const loop: Loop = {
    range,
    filter,
    body: compiler.compile(node.body, inner),
    first: slots[0] ?? 0,
    second: slots[1],
  };
  return stepOf(node, loop);
}

function stepOf({ does }: Comprehension, loop: Loop): Step {
  switch (does) {
    case 'all':
      return (frame) => quantified(frame, loop, false);
    case 'exists':
      return (frame) => quantified(frame, loop, true);
    case 'existsOne':
      return (frame) => existsOne(frame, loop);
    case 'filter':
      return (frame) => filtered(frame, loop);
    case 'map':
    case 'transformList':
      return (frame) => mapped(frame, loop);
    case 'transformMap':
      return (frame) => transformedMap(frame, loop);
    case 'transformMapEntry':
      return (frame) => transformedEntries(frame, loop);
    case 'sortBy':
      return (frame) => sorted(frame, loop);
  }
}

/** Calls `visit` with the variables set for each item, until it gives false. */
function each(
  frame: Frame,
  { range, first, second }: Loop,
  visit: (item: Value, key: Value) => boolean | undefined,
): void {
  const over = range(frame);
  const { slots } = frame;
  if (isList(over)) {
    for (const [index, item] of over.entries()) {
      spend(frame, 1);
      slots[first] = second === undefined ? item : index;
      if (second !== undefined) slots[second] = item;
      if (visit(item, index) === false) return;
    }
    return;
  }
  if (!isMap(over)) throw new EvaluationFault(`no such overload: ${typeNameOf(over)} has no items to walk over`);
  for (const key of keysOf(over)) {
    spend(frame, 1);
    slots[first] = key;
    if (second !== undefined) slots[second] = over.get(keyOf(key) ?? '') ?? null;
    if (visit(key, key) === false) return;
  }
}

function truthOf(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationFault(`no such overload: ${typeNameOf(value)} is not bool`);
}

/** `all` looks for false, `exists` for true; found, errors before it do not count. */
function quantified(frame: Frame, loop: Loop, decisive: boolean): boolean {
  let fault: EvaluationFault | undefined;
  let isDecided = false;
  each(frame, loop, () => {
    try {
      isDecided = truthOf(loop.body(frame)) === decisive;
    } catch (error) {
      fault ??= asFault(error);
    }
    return !isDecided;
  });
  if (isDecided) return decisive;
  if (fault !== undefined) throw fault;
  return !decisive;
}

function existsOne(frame: Frame, loop: Loop): boolean {
  let count = 0;
  each(frame, loop, () => {
    if (truthOf(loop.body(frame))) count += 1;
    return undefined;
  });
  return count === 1;
}

function filtered(frame: Frame, loop: Loop): Value {
  const kept: Value[] = [];
  each(frame, loop, (item) => {
    if (truthOf(loop.body(frame))) kept.push(item);
    return undefined;
  });
  return kept;
}

function passes(frame: Frame, { filter }: Loop): boolean {
  return filter === undefined || truthOf(filter(frame));
}

function mapped(frame: Frame, loop: Loop): Value {
  const made: Value[] = [];
  each(frame, loop, () => {
    if (passes(frame, loop)) made.push(loop.body(frame));
    return undefined;
  });
  return made;
}

function transformedMap(frame: Frame, loop: Loop): Value {
  const made = new MixedKeyMap();
  each(frame, loop, (_item, key) => {
    if (passes(frame, loop)) setEntry(made, key, loop.body(frame));
    return undefined;
  });
  return made;
}

function transformedEntries(frame: Frame, loop: Loop): Value {
  const made = new MixedKeyMap();
  each(frame, loop, () => {
    if (!passes(frame, loop)) return undefined;
    const entries = loop.body(frame);
    if (!isMap(entries)) throw new EvaluationFault(`no such overload: ${typeNameOf(entries)} is not a map`);
    for (const key of keysOf(entries)) setEntry(made, key, entries.get(keyOf(key) ?? '') ?? null);
    return undefined;
  });
  return made;
}

function sorted(frame: Frame, loop: Loop): Value {
  const keyed: { item: Value; key: Value }[] = [];
  each(frame, loop, (item) => {
    keyed.push({ item, key: loop.body(frame) });
    return undefined;
  });
  spend(frame, keyed.length * 8);
  return keyed.sort((a, b) => ordered(a.key, b.key)).map(({ item }) => item);
}
