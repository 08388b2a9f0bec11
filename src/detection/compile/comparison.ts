import { asBuffer } from '#foundation/index.ts';
import { textSearch } from '#foundation/patterns/index.ts';
import type { FieldType, FieldValue } from '../fields/field.ts';
import { globMatcher } from '../matching/glob.ts';
import { canonicalAddress, networkMatcher } from '../matching/network.ts';
import { pathMatcher, prefixMatcher, suffixMatcher } from '../matching/prefixes.ts';
import type { Operator } from '../syntax/tree.ts';
import { CompileFault } from './fault.ts';

export type Test = (value: FieldValue) => boolean;

const EQUAL = ['=', '==', '!=', 'in', 'intersects'];
const ORDERED = [...EQUAL, '<', '<=', '>', '>='];
const TEXT = [...ORDERED, 'contains', 'icontains', 'startswith', 'endswith', 'glob', 'iglob', 'pmatch', 'regex'];

const allowed: Readonly<Record<FieldType, ReadonlySet<string>>> = {
  text: new Set(TEXT),
  integer: new Set(ORDERED),
  number: new Set(ORDERED),
  time: new Set(ORDERED),
  duration: new Set(ORDERED),
  boolean: new Set(EQUAL),
  address: new Set(EQUAL),
  network: new Set(EQUAL),
  bytes: new Set([...EQUAL, 'contains', 'startswith', 'endswith', 'bcontains', 'bstartswith']),
};
const LIST_OPERATORS = new Set(['in', 'intersects']);

/** Refuses what the type of a field cannot be asked. */
export function checkOperator(type: FieldType, isList: boolean, operator: Operator, name: string, at: number): void {
  if (operator === 'exists') return;
  if (isList && !LIST_OPERATORS.has(operator))
    throw new CompileFault(
      'type-mismatch',
      `${name} is a list, which can be asked with exists, in and intersects, not ${operator}`,
      at,
    );
  if (!allowed[type].has(operator))
    throw new CompileFault('type-mismatch', `${name} is of type ${type}, which cannot be asked with ${operator}`, at);
}

/** The constants of a check in the form in which they are compared. */
export function parseConstant(type: FieldType, operator: Operator, text: string, at: number): FieldValue {
  if (operator === 'bcontains' || operator === 'bstartswith') {
    if (!/^(?:[0-9a-fA-F]{2})+$/.test(text))
      throw new CompileFault('type-mismatch', `${operator} compares with hexadecimal digits`, at);
    return Buffer.from(text, 'hex');
  }
  switch (type) {
    case 'text':
      return text;
    case 'bytes':
      return Buffer.from(text, 'utf8');
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new CompileFault('type-mismatch', `${JSON.stringify(text)} is neither true nor false`, at);
    case 'address': {
      const address = canonicalAddress(text);
      if (address.ok) return address.value;
      throw new CompileFault('type-mismatch', address.error, at);
    }
    case 'network':
      return text;
    default:
      return parseNumber(text, at);
  }
}

function parseNumber(text: string, at: number): number {
  if (/^[+-]?\d+(?:\.\d*)?(?:[eE][+-]\d+)?$/.test(text) || /^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  throw new CompileFault('type-mismatch', `${JSON.stringify(text)} is no number`, at);
}

/** A test against several constants, of which one that fits is enough. Sets, tries and programs are made here, once. */
export function compileAny(type: FieldType, operator: Operator, constants: readonly FieldValue[], at: number): Test {
  if (type === 'network') return anyOf(constants.map((network) => networkTest(String(network), at)));
  if (type === 'bytes') return anyOf(constants.map((needle) => bytesTest(operator, needle)));
  if (operator === '=' || operator === '==' || operator === 'in' || operator === 'intersects')
    return equalTest(constants);
  const texts = constants.map(String);
  switch (operator) {
    case 'startswith':
      return ofText(prefixMatcher(texts));
    case 'endswith':
      return ofText(suffixMatcher(texts));
    case 'pmatch':
      return ofText(pathMatcher(texts));
    case 'contains':
      return ofText(anyText(texts, (text, part) => text.includes(part)));
    case 'icontains':
      return ofLowerText(anyText(texts.map(lower), (text, part) => text.includes(part)));
    case 'glob':
      return anyOf(texts.map((glob) => ofText(globMatcher(glob))));
    case 'iglob':
      return anyOf(texts.map((glob) => ofLowerText(globMatcher(lower(glob)))));
    case 'regex':
      return anyOf(texts.map((pattern) => regexTest(pattern, at)));
    default:
      return anyOf(constants.map((constant) => orderTest(operator, constant)));
  }
}

function equalTest(constants: readonly FieldValue[]): Test {
  const [only, second, ...more] = constants;
  if (only !== undefined && second === undefined) return (value) => value === only;
  if (second !== undefined && more.length === 0) return (value) => value === only || value === second;
  const set = new Set<FieldValue>(constants);
  return (value) => set.has(value);
}

function anyOf(tests: readonly Test[]): Test {
  const [only, ...more] = tests;
  if (only !== undefined && more.length === 0) return only;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

function anyText(parts: readonly string[], holds: (text: string, part: string) => boolean): (text: string) => boolean {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return (text) => holds(text, only);
  return (text) => {
    for (const part of parts) if (holds(text, part)) return true;
    return false;
  };
}

const ofText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

const ofLowerText =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(lower(value));

function lower(text: string): string {
  return text.toLowerCase();
}

/** RE2's syntax, for the whole text, in time linear in it. */
function regexTest(pattern: string, at: number): Test {
  const compiled = textSearch(`^(?:${pattern})$`);
  if (!compiled.ok) throw new CompileFault('type-mismatch', `${JSON.stringify(pattern)} ${compiled.error}`, at);
  const { value: search } = compiled;
  return ofText((text) => text.length <= MAX_REGEX_TEXT && search.matches(text));
}

const MAX_REGEX_TEXT = 65_536;

function networkTest(network: string, at: number): Test {
  const matcher = networkMatcher(network);
  if (!matcher.ok) throw new CompileFault('type-mismatch', matcher.error, at);
  return ofText(matcher.value);
}

function bytesTest(operator: Operator, needle: FieldValue): Test {
  const wanted = needle instanceof Uint8Array ? asBuffer(needle) : Buffer.from(String(needle));
  return (value) => {
    if (!(value instanceof Uint8Array)) return false;
    const bytes = asBuffer(value);
    if (operator === 'contains' || operator === 'bcontains') return bytes.includes(wanted);
    if (operator === 'startswith' || operator === 'bstartswith') return bytes.subarray(0, wanted.length).equals(wanted);
    if (operator === 'endswith')
      return bytes.length >= wanted.length && bytes.subarray(bytes.length - wanted.length).equals(wanted);
    return bytes.equals(wanted) === (operator !== '!=');
  };
}

/** Values of one type are compared: texts by their code units, numbers by size. */
function orderTest(operator: Operator, constant: FieldValue): Test {
  switch (operator) {
    case '!=':
      return (value) => value !== constant;
    case '<':
      return (value) => typeof value === typeof constant && value < constant;
    case '<=':
      return (value) => typeof value === typeof constant && value <= constant;
    case '>':
      return (value) => typeof value === typeof constant && value > constant;
    case '>=':
      return (value) => typeof value === typeof constant && value >= constant;
    default:
      throw new Error(`${operator} compares no two values`);
  }
}
