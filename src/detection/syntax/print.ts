import type { Check, Expression, Operand, OperandList, Value } from './tree.ts';

/** A condition as text that means the same, with brackets only where they are needed. */
export function printExpression(expression: Expression): string {
  if (expression.kind === 'macro') return expression.name;
  if (expression.kind === 'check') return printCheck(expression);
  if (expression.kind === 'not') return `not ${printPart(expression.part)}`;
  return expression.parts.map((part) => printPart(part, expression.kind)).join(` ${expression.kind} `);
}

function printPart(part: Expression, within?: 'and' | 'or'): string {
  const binds = part.kind === 'check' || part.kind === 'macro' || part.kind === 'not';
  const isLooser = part.kind === 'and' && within === 'or';
  return binds || isLooser ? printExpression(part) : `(${printExpression(part)})`;
}

export function printCheck({ left, operator, modifier, right }: Check): string {
  const words = [printOperand(left), operator, ...(modifier === undefined ? [] : [modifier])];
  if (right === undefined) return words.join(' ');
  if (right.kind === 'values') return `${words.join(' ')} (${right.texts.map(printText).join(', ')})`;
  return `${words.join(' ')} ${right.kind === 'value' ? printText(right.text) : printOperand(right)}`;
}

/** A field as it is named in outputs and conditions: `proc.aname[2]`. */
export function printOperand(operand: Operand | Value | OperandList): string {
  switch (operand.kind) {
    case 'value':
      return /^[+-]?\d[\d.]*$/.test(operand.text) ? operand.text : quoted(operand.text);
    case 'operands':
      return `(${operand.items.map(printOperand).join(', ')})`;
    case 'field':
      return `${operand.name}${printArgument(operand.argument)}`;
    case 'transformation':
      return `${operand.name}(${operand.inputs.map(printOperand).join(', ')})${printArgument(operand.argument)}`;
  }
}

function printArgument(argument: string | undefined): string {
  if (argument === undefined) return '';
  return `[${/^[^\][\s"']+$/.test(argument) ? argument : quoted(argument)}]`;
}

function printText(text: string): string {
  return /^[^()"'\s=,]+$/.test(text) ? text : quoted(text);
}

const ESCAPES = new Map([
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
  ['"', '\\"'],
]);

/** A quote behind a backslash ends no text, whatever stands before the two: a backslash at the end is written as its byte. */
function quoted(text: string): string {
  const inner = text.replace(/[\b\f\n\r\t\\"]/g, (character) => ESCAPES.get(character) ?? character);
  return `"${text.endsWith('\\') ? `${inner.slice(0, -2)}\\x5c` : inner}"`;
}
