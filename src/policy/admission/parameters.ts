import { type Value, valueOfJson } from '#expressions/index.ts';
import { isObject, type JsonObject, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { selectsLabels } from '#model/index.ts';
import { splitApiVersion } from './kinds/catalog.ts';
import { labelsOf } from './match.ts';
import type { AdmissionPolicy, PolicyBinding } from './policy.ts';

export type Parameters =
  /** One evaluation for each; null is an evaluation without. */
  | { readonly state: 'found'; readonly values: readonly (JsonObject | null)[] }
  /** The binding has none and says that this is well. */
  | { readonly state: 'let-pass' }
  | { readonly state: 'missing'; readonly message: string };

const WITHOUT: Parameters = { state: 'found', values: [null] };

/** The objects that a binding's paramRef names, by name or selector. `namespace` is that of the request. */
export function parametersOf(
  policy: AdmissionPolicy,
  binding: PolicyBinding,
  objects: readonly ManifestObject[],
  namespace: string,
): Parameters {
  const { parameters: reference } = binding;
  if (policy.paramKind === undefined) return WITHOUT;
  if (binding.name === '' && reference === undefined)
    return {
      state: 'missing',
      message: 'the policy needs parameters, and no binding says which: give one with --policy',
    };
  if (reference === undefined) return WITHOUT;
  const name = textAt(reference, 'name');
  const selector = isObject(reference['selector']) ? reference['selector'] : undefined;
  if ((name === undefined) === (selector === undefined))
    return { state: 'missing', message: `paramRef of binding ${binding.name} must have either a name or a selector` };
  const place = textAt(reference, 'namespace') ?? namespace;
  const values = objects
    .map(({ json }) => json)
    .filter((json) => isOfKind(json, policy.paramKind) && isIn(json, place))
    .filter((json) => {
      if (name !== undefined) return textAt(objectAt(json, 'metadata'), 'name') === name;
      return selectsLabels(selector, labelsOf(json));
    });
  if (values.length > 0) return { state: 'found', values };
  if (textAt(reference, 'parameterNotFoundAction') === 'Allow') return { state: 'let-pass' };
  return { state: 'missing', message: `no parameters for binding ${binding.name}: give their file with --policy` };
}

/** In any version: a cluster converts. */
function isOfKind(json: JsonObject, kind: AdmissionPolicy['paramKind']): boolean {
  const group = (apiVersion: string): string => splitApiVersion(apiVersion).group;
  return json['kind'] === kind?.kind && group(textAt(json, 'apiVersion') ?? '') === group(kind?.apiVersion ?? '');
}

/** What names no namespace is taken to be in the right one, for a file does not say where it is applied. */
function isIn(json: JsonObject, namespace: string): boolean {
  const own = textAt(objectAt(json, 'metadata'), 'namespace');
  return own === undefined || namespace === '' || own === namespace;
}

const parameterValues = new WeakMap<JsonObject, Value>();

/** Parameters are shared by all objects that are judged. */
export function parameterValue(parameters: JsonObject | null): Value {
  if (parameters === null) return null;
  const known = parameterValues.get(parameters) ?? valueOfJson(parameters);
  parameterValues.set(parameters, known);
  return known;
}
