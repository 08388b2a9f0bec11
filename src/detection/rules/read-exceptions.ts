import { isMap, isScalar, isSeq } from 'yaml';
import { membersOf, offsetOf, writtenText } from './file.ts';
import type { ExceptionEntry, ExceptionItem } from './item.ts';
import type { MemberReader } from './member-reader.ts';

/** The exceptions of a rule. `appends`: they may be values for an exception that stands already. */
export function readExceptions(reader: MemberReader, appends: boolean): ExceptionItem[] {
  const value = reader.value('exceptions');
  if (!reader.has('exceptions') || (isScalar(value) && value.value === null)) return [];
  if (!isSeq(value)) throw reader.fault('exception-invalid', 'exceptions are a list', reader.at('exceptions'));
  const exceptions: ExceptionItem[] = [];
  for (const node of value.items) {
    const exception = readException(reader, node, appends);
    if (exceptions.some(({ name }) => name === exception.name))
      reader.warn(
        'exception-invalid',
        `the exception ${JSON.stringify(exception.name)} stands twice in the same rule`,
        offsetOf(node),
      );
    exceptions.push(exception);
  }
  return exceptions;
}

function readException(reader: MemberReader, node: unknown, appends: boolean): ExceptionItem {
  const offset = offsetOf(node);
  if (!isMap(node)) throw reader.fault('exception-invalid', 'an exception is a mapping with a name', offset);
  const members = membersOf(node);
  const name = writtenText(members.get('name')?.value);
  if (name === undefined || name === '') throw reader.fault('exception-invalid', 'an exception has a name', offset);
  const part = (key: string): ExceptionEntry | undefined => {
    const member = members.get(key);
    return member === undefined ? undefined : entryOf(reader, member.value, 1);
  };
  const fields = part('fields');
  if (fields === undefined && !appends)
    throw reader.fault('exception-invalid', `the exception ${JSON.stringify(name)} has no fields`, offset);
  return {
    name,
    fields,
    comps: part('comps'),
    values: valuesOf(reader, members, name, appends),
    file: reader.file,
    offset,
  };
}

function valuesOf(
  reader: MemberReader,
  members: ReturnType<typeof membersOf>,
  name: string,
  appends: boolean,
): ExceptionEntry[] {
  const values = members.get('values')?.value;
  if (values === undefined) {
    if (appends)
      reader.warn(
        'exception-invalid',
        `the exception ${JSON.stringify(name)} is appended to with no values`,
        reader.at('exceptions'),
      );
    return [];
  }
  if (!isSeq(values))
    throw reader.fault('exception-invalid', 'the values of an exception are a list', offsetOf(values));
  return values.items.map((value) => entryOf(reader, value, 2));
}

/** Values are lists whose items may be lists again: never deeper. */
function entryOf(reader: MemberReader, node: unknown, depth: number): ExceptionEntry {
  if (isScalar(node)) {
    const text = writtenText(node);
    if (text === undefined || text === '')
      throw reader.fault('exception-invalid', 'a value of an exception is empty', offsetOf(node));
    return text;
  }
  if (isSeq(node) && depth > 0) return node.items.map((item) => entryOf(reader, item, depth - 1));
  throw reader.fault('exception-invalid', 'an exception has texts and lists of texts', offsetOf(node));
}
