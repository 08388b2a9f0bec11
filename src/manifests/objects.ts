import { err, ok, type Result } from '#foundation/index.ts';
import { YamlDocument, type YamlPath } from './document.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { isTooLong, readDocuments, TOO_LONG } from './parse.ts';

/** One object of a manifest file with the places of what is in it. */
export interface ManifestObject {
  readonly json: JsonObject;
  /** The path that it was read under: `deploy.yaml`. */
  readonly file: string;
  /** Of a member, `position('spec', 'validations', 0)`, or of the innermost that is there; from 1, as editors count. */
  position(...path: YamlPath): { readonly line: number; readonly column: number };
  /** The same as `deploy.yaml:12:5`. */
  place(...path: YamlPath): string;
}

const MAX_OBJECTS = 50_000;

/** The objects in a manifest, lists taken apart; all of them or why not. Whatever it is, it is read as the API server reads it. */
export function readManifest(text: string, file: string): Result<readonly ManifestObject[]> {
  if (isTooLong(text)) return err(`${file} ${TOO_LONG}`);
  const objects: ManifestObject[] = [];
  for (const read of readDocuments(text, 'kubernetes')) {
    if (!(read instanceof YamlDocument)) return err(`${file}:${read.line}:${read.column}: ${read.message}`);
    objects.push(...manifestObjects(read, file));
    if (objects.length > MAX_OBJECTS) return err(`${file} has more than ${MAX_OBJECTS} objects; split it`);
  }
  return ok(objects);
}

/** The objects of a document: one, or those of a list. */
export function manifestObjects(document: YamlDocument, file: string): readonly ManifestObject[] {
  return [...objectsIn(document, document.value, [], file)];
}

/** @param list its kind and version: the items of a `PodList` say neither */
function* objectsIn(
  document: YamlDocument,
  value: unknown,
  path: YamlPath,
  file: string,
  list: { readonly kind?: unknown; readonly apiVersion?: unknown } = {},
): Iterable<ManifestObject> {
  if (!isObject(value)) return;
  const { kind = list.kind, apiVersion = list.apiVersion, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    const ofItems = kind === 'List' ? {} : { kind: kind.slice(0, -'List'.length), apiVersion };
    for (const [index, item] of items.entries())
      yield* objectsIn(document, item, [...path, 'items', index], file, ofItems);
  } else {
    const isNamed = value['kind'] === kind && value['apiVersion'] === apiVersion;
    yield objectOf(document, path, isNamed ? value : { ...value, kind, apiVersion }, file);
  }
}

function objectOf(document: YamlDocument, base: YamlPath, json: JsonObject, file: string): ManifestObject {
  const position = (...path: YamlPath) => document.startOf(base.length === 0 ? path : [...base, ...path]);
  return {
    json,
    file,
    position,
    place: (...path) => {
      const { line, column } = position(...path);
      return `${file}:${line}:${column}`;
    },
  };
}
