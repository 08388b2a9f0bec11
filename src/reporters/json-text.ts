/** Marks an array of a document whose items are made one by one, so that the whole is never in memory as text. */
export class Rows {
  readonly items: Iterable<unknown>;
  constructor(items: Iterable<unknown>) {
    this.items = items;
  }
}

/** `items` changed one by one, when they are asked for. */
export function* lazily<T>(items: Iterable<T>, change: (item: T) => unknown): Iterable<unknown> {
  for (const item of items) yield change(item);
}

/**
 * A JSON document in pieces: objects spread over lines for people, the items of `Rows` one a line, so that large reports can be
 * searched and compared line by line. Members that are undefined are left out, as `JSON.stringify` does.
 */
export function jsonText(document: unknown): Iterable<string> {
  return inChunks(wholeText(document));
}

function* wholeText(document: unknown): Iterable<string> {
  yield* value(document, '');
  yield '\n';
}

function* value(node: unknown, indent: string): Iterable<string> {
  if (node instanceof Rows) yield* rows(node, indent);
  else if (isPlainObject(node) && Object.keys(node).length > 0) yield* members(node, indent);
  else if (Array.isArray(node) && node.some((item) => typeof item === 'object' && item !== null)) {
    yield* rows(new Rows(node), indent);
  } else yield inert(node);
}

function* members(node: Readonly<Record<string, unknown>>, indent: string): Iterable<string> {
  let separator = '{\n';
  for (const [name, member] of Object.entries(node)) {
    if (member === undefined) continue;
    yield `${separator}${indent}  ${inert(name)}: `;
    yield* value(member, `${indent}  `);
    separator = ',\n';
  }
  yield separator === '{\n' ? '{}' : `\n${indent}}`;
}

function* rows(list: Rows, indent: string): Iterable<string> {
  let separator = '[\n';
  for (const item of list.items) {
    yield `${separator}${indent}  `;
    yield* containsRows(item) ? value(item, `${indent}  `) : [inert(item)];
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : `\n${indent}]`;
}

function containsRows(node: unknown): boolean {
  return isPlainObject(node) && Object.values(node).some((member) => member instanceof Rows);
}

/** Characters that JSON allows raw but that act on a terminal, written as escapes: the value stays the same. */
const acting = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One value as JSON text on one line that is harmless wherever it is printed. */
function inert(node: unknown): string {
  return JSON.stringify(node).replace(
    acting,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isPlainObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !(node instanceof Rows);
}

const chunkCharacters = 64 * 1024;

/** Joins many small texts into few of some 64 Ki characters: one write each instead of thousands. */
export function* inChunks(texts: Iterable<string>): Iterable<string> {
  let parts: string[] = [];
  let characters = 0;
  for (const text of texts) {
    parts.push(text);
    characters += text.length;
    if (characters < chunkCharacters) continue;
    yield parts.join('');
    parts = [];
    characters = 0;
  }
  if (characters > 0) yield parts.join('');
}
