import type { Call, Comprehension, Expression, ListItem, MapItem } from '../syntax/ast.ts';
import { jsonOfValue } from '../values/json.ts';
import { isList, isMap, Optional, type Value } from '../values/value.ts';

const MACROS: ReadonlyMap<string, string> = new Map([['existsOne', 'exists_one']]);
const MAX_VALUE = 80;
const MAX_LIST = 8;
const MAX_TEXT = 240;

/** An expression as a person would write it on one line. Longer than `MAX_TEXT` it is cut. */
export function textOf(expression: Expression): string {
  const text = written(expression);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function written(one: Expression): string {
  switch (one.kind) {
    case 'literal':
      return shortValue(one.value);
    case 'name':
      return one.name;
    case 'select': {
      const text = `${operand(one.of)}.${one.isOptional ? '?' : ''}${fieldText(one.field)}`;
      return one.isTest ? `has(${text})` : text;
    }
    case 'index':
      return `${operand(one.of)}[${one.isOptional ? '?' : ''}${written(one.index)}]`;
    case 'call':
      return callText(one);
    case 'and':
    case 'or':
      return one.operands.map(operand).join(one.kind === 'and' ? ' && ' : ' || ');
    case 'conditional':
      return `${operand(one.test)} ? ${operand(one.yes)} : ${operand(one.no)}`;
    case 'list':
      return `[${one.items.map(itemText).join(', ')}]`;
    case 'map':
      return `{${one.entries.map(entryText).join(', ')}}`;
    case 'message':
      return `${one.name}{…}`;
    case 'comprehension':
      return comprehensionText(one);
    case 'let':
      return written(one.body);
    case 'optional-map':
      return `${operand(one.of)}.${one.isFlat ? 'optFlatMap' : 'optMap'}(${one.variable}, ${written(one.body)})`;
  }
}

function fieldText(field: string): string {
  return /^[A-Za-z_]\w*$/.test(field) ? field : `\`${field}\``;
}

function itemText({ value, isOptional }: ListItem): string {
  return `${isOptional ? '?' : ''}${written(value)}`;
}

function entryText({ key, value, isOptional }: MapItem): string {
  return `${isOptional ? '?' : ''}${written(key)}: ${written(value)}`;
}

function callText({ name, target, arguments: given }: Call): string {
  const sign = operatorSign(name);
  const [left, right] = given;
  if (sign !== undefined && left && right) return `${operand(left)} ${sign} ${operand(right)}`;
  if ((name === '!_' || name === '-_') && left) return `${name[0]}${operand(left)}`;
  const list = given.map(written).join(', ');
  return target === undefined ? `${name}(${list})` : `${operand(target)}.${name}(${list})`;
}

/** `==` of `_==_`, `in` of `@in`; undefined for what is no operator of two. */
export function operatorSign(name: string): string | undefined {
  if (name === '@in') return 'in';
  return /^_([^A-Za-z_]+)_$/.exec(name)?.[1];
}

function comprehensionText({ does, range, variables, filter, body }: Comprehension): string {
  const parts = [...variables, ...(filter ? [written(filter)] : []), written(body)];
  return `${operand(range)}.${MACROS.get(does) ?? does}(${parts.join(', ')})`;
}

/** In brackets where it would otherwise be read together with what stands beside it. */
function operand(one: Expression): string {
  const isOperator = one.kind === 'call' && one.target === undefined && operatorSign(one.name) !== undefined;
  const needsBrackets = isOperator || one.kind === 'and' || one.kind === 'or' || one.kind === 'conditional';
  return needsBrackets ? `(${written(one)})` : written(one);
}

/** A value for people, as it would be written in an expression; what is long or large is cut or counted. */
export function shortValue(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return listText(value);
  if (isMap(value)) return `an object of ${value.size}`;
  if (value instanceof Optional) return value.value === undefined ? 'nothing' : shortValue(value.value);
  return cut(String(jsonOfValue(value)));
}

function quoted(text: string): string {
  return `'${cut(text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"))}'`;
}

function listText(list: readonly Value[]): string {
  const isShort = list.length <= MAX_LIST && list.every((item) => !isList(item) && !isMap(item));
  return isShort ? `[${list.map(shortValue).join(', ')}]` : `a list of ${list.length}`;
}

function cut(text: string): string {
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** Operators stand between their operands: the text of one begins with the first. */
export function startOf(one: Expression): number {
  if (one.kind === 'call')
    return Math.min(one.at, one.target ? startOf(one.target) : one.at, leftOf(one.arguments[0], one.at));
  if (one.kind === 'select' || one.kind === 'index') return Math.min(one.at, startOf(one.of));
  return one.kind === 'comprehension' ? Math.min(one.at, startOf(one.range)) : one.at;
}

function leftOf(first: Expression | undefined, at: number): number {
  return first === undefined ? at : startOf(first);
}
