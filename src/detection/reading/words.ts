import type { Expanded } from '../rules/expanded.ts';
import { printOperand } from '../syntax/print.ts';
import type { Check, Operator } from '../syntax/tree.ts';

const WORDS: Readonly<Record<Operator, string>> = {
  exists: 'has a value',
  '=': 'is',
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  glob: 'fits the pattern',
  iglob: 'fits (in any case) the pattern',
  contains: 'contains',
  icontains: 'contains (in any case)',
  bcontains: 'contains the bytes',
  startswith: 'begins with',
  bstartswith: 'begins with the bytes',
  endswith: 'ends with',
  regex: 'is wholly matched by',
  in: 'is one of',
  intersects: 'has one of',
  pmatch: 'is or lies below one of',
};
const MODIFIERS = { oneof: 'exactly one of', anyof: 'one of', allof: 'all of' } as const;
const MAX_VALUES = 12;

/** A condition as an outline in plain words, indented by two blanks for each level. */
export function expressionInWords(expression: Expanded, indent = 0): string[] {
  const pad = '  '.repeat(indent);
  switch (expression.kind) {
    case 'check':
      return [`${pad}- ${checkInWords(expression)}`];
    case 'macro':
      return [`${pad}- ${expression.name}:`, ...expressionInWords(expression.body, indent + 1)];
    case 'not':
      return [`${pad}- not:`, ...expressionInWords(expression.part, indent + 1)];
    default: {
      const lines = expression.parts.flatMap((part) => expressionInWords(part, indent + 1));
      return [`${pad}- ${expression.kind === 'and' ? 'all of' : 'any of'}:`, ...lines];
    }
  }
}

function checkInWords({ left, operator, modifier, right }: Check): string {
  const words = `${printOperand(left)} ${WORDS[operator]}`;
  if (right === undefined) return words;
  const how = modifier === undefined ? '' : ` ${MODIFIERS[modifier]}`;
  if (right.kind === 'values') return `${words}${how} ${valuesInWords(right.texts)}`;
  return right.kind === 'value'
    ? `${words}${how} ${JSON.stringify(right.text)}`
    : `${words} ${printOperand(right)} of the same event`;
}

function valuesInWords(texts: readonly string[]): string {
  if (texts.length === 0) return 'nothing';
  const more = texts.length - MAX_VALUES;
  return `${texts.slice(0, MAX_VALUES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
