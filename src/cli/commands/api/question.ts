import { err, nearestWords, ok, type Result } from '#foundation/index.ts';
import type { Question } from '../../server/ask.ts';
import type { Operation } from './operations.ts';

/** `name=text` or `name:=json` */
export interface Field {
  readonly name: string;
  readonly value: unknown;
}

const FIELD = /^([A-Za-z0-9_.-]{1,200}?)(:?=)([\s\S]*)$/;

/** Reads the fields of a command line; an error names the word that is none. */
export function parseFields(words: readonly string[]): Result<Field[]> {
  const fields: Field[] = [];
  for (const word of words) {
    const [, name = '', sign, text = ''] = FIELD.exec(word) ?? [];
    if (name === '') return err(`${JSON.stringify(word)} is no field: write name=text, or name:=JSON.`);
    if (fields.some((field) => field.name === name)) return err(`${name} is given twice.`);
    if (sign === '=') fields.push({ name, value: text });
    else {
      const value = jsonOf(text);
      if (!value.ok) return err(`What follows ${name}:= is no JSON; write name=text for a text.`);
      fields.push({ name, value: value.value });
    }
  }
  return ok(fields);
}

function jsonOf(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err('no JSON');
  }
}

/** Puts fields where the operation takes them: into the path, behind the question mark, and the rest into the body. */
export function questionOf(
  operation: Operation,
  fields: readonly Field[],
  body: Uint8Array | undefined,
): Result<Question> {
  const { method, path, inPath, inQuery, takesBytes } = operation;
  const missing = inPath.find((name) => !fields.some((field) => field.name === name));
  if (missing !== undefined) return err(`${operation.id} needs ${missing}=…`);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(fields.find((field) => field.name === name)?.value)),
  );
  const rest = fields.filter(({ name }) => !inPath.includes(name));
  const hasBody = method !== 'GET' && method !== 'DELETE' && !takesBytes;
  const inSearch = rest.filter(({ name }) => inQuery.includes(name));
  const others = rest.filter(({ name }) => !inQuery.includes(name));
  const stray = others[0];
  if (stray !== undefined && (!hasBody || body !== undefined)) return err(unknownField(operation, stray.name));
  return questionWith({ method, path: filled }, inSearch, others, body);
}

function unknownField({ id, inPath, inQuery }: Operation, name: string): string {
  const known = [...inPath, ...inQuery];
  return `${id} takes no ${name}${known.length === 0 ? '' : `; it takes ${known.join(', ')}`}.`;
}

/** A request that was written out: fields of what reads go behind the question mark, all others into the body. */
export function plainQuestion(
  method: Question['method'],
  path: string,
  fields: readonly Field[],
  body: Uint8Array | undefined,
): Question {
  const isRead = method === 'GET' || method === 'DELETE' || body !== undefined;
  return questionWith({ method, path }, isRead ? fields : [], isRead ? [] : fields, body).value;
}

function questionWith(
  start: Pick<Question, 'method' | 'path'>,
  search: readonly Field[],
  members: readonly Field[],
  body: Uint8Array | undefined,
) {
  return ok<Question>({
    ...start,
    search: Object.fromEntries(search.map(({ name, value }) => [name, textOf(value)])),
    ...(body === undefined
      ? members.length > 0 && { body: Object.fromEntries(members.map(({ name, value }) => [name, value])) }
      : { body }),
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The operation of an id; an error names those that are written alike. */
export function findOperation(id: string, operations: readonly Operation[]): Result<Operation> {
  const found = operations.find((operation) => operation.id === id);
  if (found) return ok(found);
  const near = nearestWords(
    id,
    operations.map((operation) => operation.id),
    3,
  );
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ' plimsoll api --list names them.';
  return err(`This server has no operation ${JSON.stringify(id.slice(0, 100))}.${hint}`);
}
