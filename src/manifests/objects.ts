import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml';
import { err, ok, type Result } from '#foundation/index.ts';
import { isObject, type JsonObject } from './json-object.ts';

/** One object of a manifest file with the places of what is in it. */
export interface ManifestObject {
  readonly json: JsonObject;
  /** The path that it was read under: `deploy.yaml`. */
  readonly file: string;
  /** Of a member, `position('spec', 'validations', 0)`, or of the innermost that is there; from 1, as editors count. */
  position(...path: readonly (string | number)[]): { readonly line: number; readonly column: number };
  /** The same as `deploy.yaml:12:5`. */
  place(...path: readonly (string | number)[]): string;
}

const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_DEPTH = 150;
const MAX_OBJECTS = 50_000;
/** Aliases may at most make a document this many times larger; nine lines of a bomb make gigabytes. */
const MAX_ALIASES = 100;

/**
 * The objects in a manifest, lists taken apart. Read as the API server's own library does: YAML 1.1, where `0644` is octal and `on` is
 * true, but without times and numbers to the base of 60.
 */
export function readManifest(text: string, file: string): Result<readonly ManifestObject[]> {
  if (text.length > MAX_CHARACTERS) return err(`${file} has more than ${MAX_CHARACTERS} characters; split it`);
  const lines = new LineCounter();
  try {
    const objects: ManifestObject[] = [];
    for (const document of parsed(text, lines)) {
      const [fault] = document.errors;
      if (fault !== undefined)
        return err(`${placeAt(file, lines, fault.pos[0])}: not valid YAML: ${fault.message.slice(0, 200)}`);
      const own = objectsOf(document, file, lines);
      objects.push(...own);
      if (own.some(({ json }) => isDeep(json, MAX_DEPTH))) return err(`${file} is nested more than ${MAX_DEPTH} deep`);
      if (objects.length > MAX_OBJECTS) return err(`${file} has more than ${MAX_OBJECTS} objects; split it`);
    }
    return ok(objects);
  } catch (error) {
    if (error instanceof RangeError) return err(`${file} is nested too deeply to be a manifest`);
    if (error instanceof ReferenceError) return err(`${file}: ${error.message.slice(0, 200)}`);
    throw error;
  }
}

function isDeep(json: unknown, left: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return left === 0 || Object.values(json).some((one) => isDeep(one, left - 1));
}

function parsed(text: string, lineCounter: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    prettyErrors: false,
    logLevel: 'silent',
    intAsBigInt: true,
    schema: 'yaml-1.1',
    merge: true,
    lineCounter,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !isLeftOut(tag)),
  });
  return 'empty' in documents ? [] : documents;
}

function isLeftOut({ tag, format }: { readonly tag: string; readonly format?: string }): boolean {
  return format === 'TIME' || /:(?:timestamp|binary|omap|pairs|set)$/.test(tag);
}

function placeAt(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

function objectsOf(document: Document.Parsed, file: string, lines: LineCounter): ManifestObject[] {
  const json: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  if (!isObject(json) || !isMap(document.contents)) return [];
  const object = (one: JsonObject, base: readonly (string | number)[]): ManifestObject => ({
    json: one,
    file,
    position: (...path) => {
      const { line, col: column } = lines.linePos(offsetOf(document, [...base, ...path]));
      return { line, column };
    },
    place: (...path) => placeAt(file, lines, offsetOf(document, [...base, ...path])),
  });
  const { items } = json;
  const isList = typeof json['kind'] === 'string' && json['kind'].endsWith('List') && Array.isArray(items);
  if (!isList) return [object(json, [])];
  return items.flatMap((item: unknown, index) => (isObject(item) ? [object(item, ['items', index])] : []));
}

/** Of the innermost that is there. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return document.contents?.range?.[0] ?? 0;
}
