import { CompileFault } from '../compile/fault.ts';
import { compileOperand } from '../compile/operand.ts';
import type { FieldCatalog, FieldValue, Read } from '../fields/field.ts';
import { ConditionFault } from '../syntax/cursor.ts';
import { parseOperand } from '../syntax/parse.ts';
import { printOperand } from '../syntax/print.ts';

/** What a field is put out as: `null` where it has no value. */
export type OutputValue = string | number | boolean | null;

/** A field of an output. `step`: of the event of a step of a sequence, by its name. */
export interface OutputField<E> {
  readonly name: string;
  readonly step: string | undefined;
  readonly read: Read<E>;
}

export interface CompiledOutput<E> {
  /** Texts, and fields by their place in `fields`. */
  readonly parts: readonly (string | number)[];
  readonly fields: readonly OutputField<E>[];
}

/** What is wrong with an output, with the place in its text. */
export class OutputFault extends Error {
  readonly at: number;
  readonly isUnknownField: boolean;

  constructor(message: string, at: number, isUnknownField: boolean) {
    super(message);
    this.at = at;
    this.isUnknownField = isUnknownField;
  }
}

/** `%proc.name`, `%proc.aname[2]`, `%tolower(proc.name)`; `%%` is a percent sign. `steps`: names that `%step.NAME.field` may have. */
export function compileOutput<E>(
  text: string,
  catalog: FieldCatalog<E>,
  steps: readonly string[] = [],
): CompiledOutput<E> {
  const parts: (string | number)[] = [];
  const fields: OutputField<E>[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character !== '%') literal += character;
    else if (text[at + 1] === '%') {
      literal += '%';
      at++;
    } else {
      const token = tokenAt(text, at + 1);
      const field = compileField(token, at + 1, catalog, steps);
      parts.push(literal, indexOf(fields, field));
      literal = '';
      at += token.length;
    }
  }
  if (literal !== '') parts.push(literal);
  return { parts: parts.filter((part) => part !== ''), fields };
}

function indexOf<E>(fields: OutputField<E>[], field: OutputField<E>): number {
  const known = fields.findIndex(({ name, step }) => name === field.name && step === field.step);
  return known === -1 ? fields.push(field) - 1 : known;
}

/** A field name with its argument, or a transformer up to its closing bracket. */
function tokenAt(text: string, start: number): string {
  const [name = ''] = /^[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z0-9_]+)*/.exec(text.slice(start, start + 300)) ?? [];
  let end = start + name.length;
  const opening = text[end];
  if (opening === '(' && !name.includes('.')) end = closing(text, end, '(', ')');
  if (text[end] === '[') end = closing(text, end, '[', ']');
  return text.slice(start, end);
}

/** Behind the bracket that closes the one at `start`. */
function closing(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at + 1;
  }
  return start;
}

function compileField<E>(
  token: string,
  at: number,
  catalog: FieldCatalog<E>,
  steps: readonly string[],
): OutputField<E> {
  const [, step, rest] = /^step\.([a-zA-Z0-9_]+)\.(.+)$/s.exec(token) ?? [];
  if (step !== undefined && !steps.includes(step)) throw new OutputFault(`there is no step ${step}`, at, false);
  try {
    const operand = parseOperand(rest ?? token);
    const compiled = compileOperand(operand, catalog);
    const name = printOperand(operand);
    return { name: step === undefined ? name : `step.${step}.${name}`, step, read: compiled.read };
  } catch (error) {
    if (error instanceof CompileFault) throw new OutputFault(error.message, at, error.code === 'field-unknown');
    if (error instanceof ConditionFault) throw new OutputFault(`%${token} is no field`, at, true);
    throw error;
  }
}

/** Values for all fields of an output, in their order. `earlier`: what the events of steps before had. */
export function readOutput<E>(
  { fields }: CompiledOutput<E>,
  event: E,
  earlier?: ReadonlyMap<string, OutputValue>,
): OutputValue[] {
  return fields.map(({ name, step, read }) =>
    step === undefined ? outputValue(read(event)) : (earlier?.get(name) ?? null),
  );
}

export function outputValue(value: FieldValue | undefined): OutputValue {
  if (value === undefined) return null;
  if (value instanceof Uint8Array)
    return Buffer.from(value)
      .toString('latin1')
      .replace(/[^\x20-\x7e]/g, '.');
  return typeof value === 'object' ? `(${value.join(',')})` : value;
}

export function renderOutput<E>({ parts }: CompiledOutput<E>, values: readonly OutputValue[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : valueText(values[part]))).join('');
}

const MAX_VALUE = 4096;

function valueText(value: OutputValue | undefined): string {
  if (value === null || value === undefined) return '<NA>';
  const text = String(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
