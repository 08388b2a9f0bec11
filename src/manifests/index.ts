/** Documents that users write, YAML and JSON, with the places of all that is in them; the objects of Kubernetes manifests. */
export { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from './json-object.ts';
export { type ManifestObject, readManifest } from './objects.ts';
