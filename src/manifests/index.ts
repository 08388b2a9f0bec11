/** Documents that users write, YAML and JSON, with the places of all that is in them; the objects of Kubernetes manifests. */
export { type Place, type TextRange, YamlDocument, type YamlPath } from './document.ts';
export { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from './json-object.ts';
export { type ManifestObject, manifestObjects, readManifest } from './objects.ts';
export { parseYamlDocuments, type YamlFile } from './parse.ts';
