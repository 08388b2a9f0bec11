import { parseType, type Type } from '#expressions/index.ts';
import { isObject, type JsonObject, listAt, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { lazyObject } from './built-in.ts';
import type { KnownKind } from './catalog.ts';

/** The kinds that CustomResourceDefinitions among the objects describe, each version with its schema. */
export function definedKinds(objects: readonly ManifestObject[]): KnownKind[] {
  return objects.filter(({ json }) => isDefinition(json)).flatMap(({ json }) => versionsOf(objectAt(json, 'spec')));
}

function isDefinition(json: JsonObject): boolean {
  return json['apiVersion'] === 'apiextensions.k8s.io/v1' && json['kind'] === 'CustomResourceDefinition';
}

function versionsOf(spec: JsonObject): KnownKind[] {
  const group = textAt(spec, 'group');
  const names = objectAt(spec, 'names');
  const kind = textAt(names, 'kind');
  const plural = textAt(names, 'plural');
  if (group === undefined || kind === undefined || plural === undefined) return [];
  const isNamespaced = textAt(spec, 'scope') !== 'Cluster';
  return listAt(spec, 'versions').flatMap((one) => {
    const version = textAt(one, 'name');
    if (version === undefined) return [];
    const type = rootType(kind, objectAt(objectAt(one, 'schema'), 'openAPIV3Schema'));
    return [{ group, version, kind, plural, isNamespaced, type }];
  });
}

const STRING = parseType('string');
const DYN = parseType('dyn');

/** Every object has these whatever its schema says; of the metadata only names are known. */
function rootType(kind: string, schema: JsonObject): Type {
  return lazyObject(kind, () => [
    ...fieldsOf(kind, schema),
    ['apiVersion', STRING],
    ['kind', STRING],
    ['metadata', DYN],
  ]);
}

function fieldsOf(name: string, schema: JsonObject): (readonly [string, Type])[] {
  return Object.entries(objectAt(schema, 'properties')).map(([field, one]) => [field, typeOf(`${name}.${field}`, one)]);
}

/** As the API server's own check sees a schema; anything where a schema does not say or lets unknown fields stay. */
function typeOf(name: string, schema: unknown): Type {
  if (!isObject(schema) || schema['x-kubernetes-int-or-string'] === true) return DYN;
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return DYN;
  switch (textAt(schema, 'type')) {
    case 'string':
      return FORMATS.get(textAt(schema, 'format') ?? '') ?? STRING;
    case 'boolean':
      return parseType('bool');
    case 'integer':
      return parseType('int');
    case 'number':
      return parseType('double');
    case 'array':
      return { name: 'list', of: [typeOf(`${name}[]`, schema['items'])] };
    case 'object':
      return typeOfObject(name, schema);
    default:
      return DYN;
  }
}

const FORMATS: ReadonlyMap<string, Type> = new Map([
  ['byte', parseType('bytes')],
  ['duration', parseType('duration')],
  ['date', parseType('timestamp')],
  ['date-time', parseType('timestamp')],
]);

function typeOfObject(name: string, schema: JsonObject): Type {
  const values = schema['additionalProperties'];
  if (isObject(values)) return { name: 'map', of: [STRING, typeOf(`${name}{}`, values)] };
  const isOpen =
    values === true || !isObject(schema['properties']) || schema['x-kubernetes-embedded-resource'] === true;
  return isOpen ? DYN : lazyObject(name, () => fieldsOf(name, schema));
}
