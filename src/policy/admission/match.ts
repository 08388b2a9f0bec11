import { isObject, type JsonObject, listAt, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { selectsLabels } from '#model/index.ts';
import { type AdmissionRequest, isNamespace, requestNamespace } from './request.ts';
import type { Resource } from './resource.ts';

/** What rules are held against. */
export interface MatchContext {
  readonly request: AdmissionRequest;
  /** The labels of the namespace that the object is in. */
  readonly namespaceLabels: JsonObject;
  /** The other versions of the object's resource, as far as they are known. */
  readonly equivalents: readonly MatchedAs[];
}

/** The name by which a rule asked for an object: its own, or that of another version of the same resource. */
export type MatchedAs = Pick<Resource, 'group' | 'version' | 'kind' | 'plural'>;

/**
 * Whether the API's `matchConstraints` or `matchResources` are about a request, and by which name. An absent list of rules leaves a
 * binding open, but no policy.
 */
export function matchRequest(match: JsonObject, context: MatchContext): MatchedAs | undefined {
  const { resource } = context.request;
  if (!matchesNamespace(objectAt(match, 'namespaceSelector'), context)) return undefined;
  if (!matchesObject(objectAt(match, 'objectSelector'), context.request)) return undefined;
  const isExact = textAt(match, 'matchPolicy') === 'Exact';
  if (matchRules(listAt(match, 'excludeResourceRules'), context, isExact) !== undefined) return undefined;
  const rules = listAt(match, 'resourceRules');
  return rules.length === 0 ? resource : matchRules(rules, context, isExact);
}

/** A namespace that is made or changed counts by its own labels, what is in none always. */
function matchesNamespace(selector: JsonObject, { request, namespaceLabels }: MatchContext): boolean {
  const { resource, operation, object } = request;
  const isOwn = isNamespace(resource) && (operation === 'CREATE' || operation === 'UPDATE');
  if (isOwn) return selectsLabels(selector, labelsOf(object));
  return requestNamespace(resource) === '' || selectsLabels(selector, namespaceLabels);
}

/** The labels before a change count too. */
function matchesObject(selector: JsonObject, { object, oldObject }: AdmissionRequest): boolean {
  return [object, oldObject].some((one) => one !== null && selectsLabels(selector, labelsOf(one)));
}

export function labelsOf(object: JsonObject | null): JsonObject {
  return objectAt(objectAt(object, 'metadata'), 'labels');
}

function matchRules(rules: readonly unknown[], context: MatchContext, isExact: boolean): MatchedAs | undefined {
  const { request, equivalents } = context;
  const { resource } = request;
  if (rules.some((rule) => matchesRule(rule, request, resource))) return resource;
  if (isExact || equivalents.length === 0) return undefined;
  for (const rule of rules) {
    const found = equivalents.find((one) => matchesRule(rule, request, one));
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Rule {
  readonly operations: readonly string[];
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  readonly resources: readonly (readonly [name: string, part: string])[];
  readonly names: readonly string[];
  readonly scope: string;
}

const knownRules = new WeakMap<object, Rule>();

/** Rules are few and asked about every object. */
function ruleOf(json: unknown): Rule {
  const known = isObject(json) ? knownRules.get(json) : undefined;
  if (known !== undefined) return known;
  const rule: Rule = {
    operations: textsAt(json, 'operations'),
    groups: textsAt(json, 'apiGroups'),
    versions: textsAt(json, 'apiVersions'),
    resources: textsAt(json, 'resources').map((one) => {
      const [name = '', part = ''] = one.split('/');
      return [name, part];
    }),
    names: textsAt(json, 'resourceNames'),
    scope: textAt(json, 'scope') ?? '*',
  };
  if (isObject(json)) knownRules.set(json, rule);
  return rule;
}

function matchesRule(json: unknown, { operation, resource }: AdmissionRequest, as: MatchedAs): boolean {
  const { operations, groups, versions, resources, names, scope } = ruleOf(json);
  return (
    includes(operations, operation) &&
    includes(groups, as.group) &&
    includes(versions, as.version) &&
    resources.some(([name, part]) => namesResource(name, part, as.plural, resource.subresource ?? '')) &&
    (names.length === 0 || names.includes(resource.name)) &&
    isInScope(scope, resource)
  );
}

/** `pods`, `pods/exec`, `pods/*` (the pods too), `*` (no parts) and `*` with a part. */
function namesResource(name: string, part: string, plural: string, subresource: string): boolean {
  return (name === '*' || name === plural) && (part === '*' || part === subresource);
}

function isInScope(scope: string, resource: Resource): boolean {
  return scope === '*' || (scope === 'Cluster') === (resource.namespace === undefined);
}

function includes(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one);
}
