import { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '#manifests/index.ts';
import type { Resource } from './resource.ts';

/** Which objects a policy or binding is about: the API's `matchConstraints` and `matchResources`. */
export type MatchResources = JsonObject;

/** An absent list of rules leaves a binding open, but no policy. */
export function matchesResource(
  match: MatchResources,
  resource: Resource,
  namespaceLabels: ReadonlyMap<string, string>,
): boolean {
  const rules = listAt(match, 'resourceRules');
  const isIncluded = rules.length === 0 || rules.some((rule) => matchesRule(rule, resource));
  const isExcluded = listAt(match, 'excludeResourceRules').some((rule) => matchesRule(rule, resource));
  if (!isIncluded || isExcluded) return false;
  if (!matchesSelector(objectAt(match, 'objectSelector'), resource.labels)) return false;
  const selector = objectAt(match, 'namespaceSelector');
  if (resource.kind === 'Namespace' && resource.group === '') return matchesSelector(selector, resource.labels);
  return resource.namespace === undefined || matchesSelector(selector, namespaceLabels);
}

function matchesRule(rule: unknown, resource: Resource): boolean {
  const names = textsAt(rule, 'resourceNames');
  const scope = textAt(rule, 'scope') ?? '*';
  return (
    includes(textsAt(rule, 'apiGroups'), resource.group) &&
    includes(textsAt(rule, 'apiVersions'), resource.version) &&
    includes(textsAt(rule, 'operations'), 'CREATE') &&
    textsAt(rule, 'resources').some((one) => one === '*' || one === '*/*' || one === resource.plural) &&
    (names.length === 0 || names.includes(resource.name)) &&
    (scope === '*' || (scope === 'Cluster') === (resource.namespace === undefined))
  );
}

function includes(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one);
}

/** A label selector; an empty one takes all. */
export function matchesSelector(selector: JsonObject, labels: ReadonlyMap<string, string>): boolean {
  const wanted = Object.entries(objectAt(selector, 'matchLabels'));
  if (!wanted.every(([name, value]) => labels.get(name) === String(value))) return false;
  return listAt(selector, 'matchExpressions').every((one) => isObject(one) && matchesExpression(one, labels));
}

function matchesExpression(one: JsonObject, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(textAt(one, 'key') ?? '');
  const values = textsAt(one, 'values');
  switch (textAt(one, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
