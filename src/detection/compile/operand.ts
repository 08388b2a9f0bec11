import { nearestWords } from '#foundation/index.ts';
import type { FieldCatalog, FieldType, FieldValue, Read } from '../fields/field.ts';
import type { Operand, OperandList, Transformation, TransformerInput, Value } from '../syntax/tree.ts';
import { CompileFault } from './fault.ts';
import { optionsOf } from './options.ts';

/** What stands on a side of an operator, ready to be read. */
export interface CompiledOperand<E> {
  readonly type: FieldType;
  readonly list: boolean;
  readonly read: Read<E>;
  readonly some: ((event: E, test: (value: FieldValue) => boolean) => boolean) | undefined;
  readonly differs: 'all' | undefined;
  /** It cannot be transformed, and there is no other side for it than the left. */
  readonly plain: boolean;
  readonly name: string;
}

export function compileOperand<E>(operand: Operand, catalog: FieldCatalog<E>): CompiledOperand<E> {
  if (operand.kind === 'transformation') return compileTransformation(operand, catalog);
  const { name, argument, at } = operand;
  const found = catalog.bind(name, argument);
  if ('fault' in found) throw new CompileFault('field-unknown', `${found.fault}${nearest(name, catalog.names)}`, at);
  const { field, bound } = found;
  return {
    type: field.type,
    list: field.list === true,
    read: bound.read,
    some: bound.some,
    differs: field.differs,
    plain: field.plain === true || field.comparedOnly === true,
    name,
  };
}

function compileTransformation<E>(operand: Transformation, catalog: FieldCatalog<E>): CompiledOperand<E> {
  const { name, at, inputs } = operand;
  if (operand.argument !== undefined && name !== 'getopt')
    throw new CompileFault('type-mismatch', `${name}() takes no argument in brackets`, at);
  if (name === 'join') return compileJoin(operand, catalog);
  if (name === 'concat') return compileConcat(operand, catalog);
  if (name === 'getopt') return compileGetopt(operand, catalog);
  const [input, ...more] = inputs;
  if (input === undefined || more.length > 0 || input.kind === 'operands')
    throw new CompileFault('type-mismatch', `${name}() takes one field`, at);
  const inner = compileInput(input, catalog);
  if (inner.plain) throw new CompileFault('type-mismatch', `${inner.name} cannot be transformed`, at);
  if (name === 'val') return inner;
  return { ...derived(inner, name, at), plain: false, some: undefined, differs: undefined, name: inner.name };
}

function compileInput<E>(input: Operand | Value, catalog: FieldCatalog<E>): CompiledOperand<E> {
  return input.kind === 'value' ? constant(input.text) : compileOperand(input, catalog);
}

function constant<E>(text: string): CompiledOperand<E> {
  return {
    type: 'text',
    list: false,
    read: () => text,
    some: undefined,
    differs: undefined,
    plain: false,
    name: 'a text',
  };
}

type Derived<E> = Pick<CompiledOperand<E>, 'type' | 'list' | 'read'>;

function derived<E>(
  inner: CompiledOperand<E>,
  name: 'tolower' | 'toupper' | 'b64' | 'basename' | 'len',
  at: number,
): Derived<E> {
  const { type, list, read } = inner;
  if (name === 'len') {
    if (!list && type !== 'text' && type !== 'bytes') throw unsuitable(inner, name, at);
    return {
      type: 'integer',
      list: false,
      read: (event) => {
        const value = read(event);
        return typeof value === 'string' || typeof value === 'object' ? value.length : undefined;
      },
    };
  }
  if (name === 'b64' && type === 'bytes') return { type, list, read: (event) => decodedBytes(read(event)) };
  if (type !== 'text') throw unsuitable(inner, name, at);
  const change = changes[name];
  return { type, list, read: (event) => changed(read(event), change) };
}

function unsuitable<E>({ name, type }: CompiledOperand<E>, transformer: string, at: number): CompileFault {
  return new CompileFault('type-mismatch', `${transformer}() takes no ${type}, which ${name} is`, at);
}

const changes = {
  tolower: (text: string) => text.toLowerCase(),
  toupper: (text: string) => text.toUpperCase(),
  basename: (text: string) => text.slice(text.lastIndexOf('/') + 1),
  b64: (text: string) => Buffer.from(text, 'base64').toString('utf8'),
} as const;

function changed(value: FieldValue | undefined, change: (text: string) => string): FieldValue | undefined {
  if (typeof value === 'string') return change(value);
  return isTexts(value) ? value.map(change) : undefined;
}

function isTexts(value: FieldValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}

function decodedBytes(value: FieldValue | undefined): FieldValue | undefined {
  return value instanceof Uint8Array ? Buffer.from(Buffer.from(value).toString('latin1'), 'base64') : undefined;
}

function compileJoin<E>({ inputs, at }: Transformation, catalog: FieldCatalog<E>): CompiledOperand<E> {
  const [separator, list, ...more] = inputs;
  if (separator === undefined || list === undefined || more.length > 0 || separator.kind === 'operands')
    throw new CompileFault('type-mismatch', 'join() takes a separator and a list', at);
  const between = compileInput(separator, catalog);
  const items = compileItems(list, catalog, at);
  const read: Read<E> = (event) => {
    const texts = items(event);
    const text = between.read(event);
    return texts === undefined || text === undefined ? undefined : texts.join(String(text));
  };
  return { ...constant(''), read, name: 'join()' };
}

/** The texts of a list; nothing when one of them has no value. */
function compileItems<E>(
  input: TransformerInput,
  catalog: FieldCatalog<E>,
  at: number,
): (event: E) => readonly string[] | undefined {
  if (input.kind === 'operands') {
    const parts = itemOperands(input, catalog);
    return (event) => {
      const texts = parts.map(({ read }) => read(event));
      return texts.every((text) => text !== undefined) ? texts.map(String) : undefined;
    };
  }
  const operand = compileInput(input, catalog);
  if (!operand.list) throw new CompileFault('type-mismatch', `${operand.name} is no list: write (a, b)`, at);
  return (event) => {
    const value = operand.read(event);
    return isTexts(value) ? value : undefined;
  };
}

function itemOperands<E>({ items }: OperandList, catalog: FieldCatalog<E>): CompiledOperand<E>[] {
  return items.map((item) => compileInput(item, catalog));
}

function compileConcat<E>({ inputs, at }: Transformation, catalog: FieldCatalog<E>): CompiledOperand<E> {
  const parts = inputs.flatMap((input) =>
    input.kind === 'operands' ? itemOperands(input, catalog) : [compileInput(input, catalog)],
  );
  if (parts.length < 2) throw new CompileFault('type-mismatch', 'concat() takes two texts or more', at);
  const wrong = parts.find(({ type, list }) => type !== 'text' || list);
  if (wrong !== undefined) throw unsuitable(wrong, 'concat', at);
  const read: Read<E> = (event) => {
    let text = '';
    for (const part of parts) {
      const value = part.read(event);
      if (value === undefined) return undefined;
      text += String(value);
    }
    return text;
  };
  return { ...constant(''), read, name: 'concat()' };
}

/** `getopt(proc.args, "nt:")[t]`: the value of one option; without an argument all options and their values. */
function compileGetopt<E>({ inputs, argument, at }: Transformation, catalog: FieldCatalog<E>): CompiledOperand<E> {
  const [list, options, ...more] = inputs;
  if (list === undefined || options?.kind !== 'value' || more.length > 0)
    throw new CompileFault(
      'type-mismatch',
      'getopt() takes a list of arguments and the options as getopt(3) has them: "nt:"',
      at,
    );
  if (argument !== undefined && argument.length !== 1)
    throw new CompileFault('type-mismatch', 'getopt()[x] takes one character', at);
  const items = list.kind === 'field' ? fieldItems(list, catalog, at) : compileItems(list, catalog, at);
  const parse = optionsOf(options.text);
  const read: Read<E> = (event) => {
    const words = items(event);
    if (words === undefined) return undefined;
    const found = parse(words);
    if (argument !== undefined) return found.get(argument);
    return [...found].flatMap(([name, value]) => (value === name ? [name] : [name, value]));
  };
  return { ...constant(''), list: argument === undefined, read, name: 'getopt()' };
}

function fieldItems<E>(
  field: Operand,
  catalog: FieldCatalog<E>,
  at: number,
): (event: E) => readonly string[] | undefined {
  if (field.kind !== 'field') return compileItems(field, catalog, at);
  const found = catalog.bind(field.name, field.argument);
  return 'bound' in found && found.bound.items !== undefined ? found.bound.items : compileItems(field, catalog, at);
}

/** There are too many fields to name them all. */
function nearest(name: string, names: readonly string[]): string {
  const [near] = nearestWords(name, names, 2);
  return near === undefined ? '; "plimsoll rules fields" names them' : `; did you mean ${near}?`;
}
