import { type JsonObject, listAt, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { selectsLabels } from '#model/index.ts';
import { type AdmissionRequest, isNamespace, requestNamespace } from './request.ts';
import type { Resource } from './resource.ts';

/** What rules are held against. */
export interface MatchContext {
  readonly request: AdmissionRequest;
  /** The labels of the namespace that the object is in; few ask. */
  namespaceLabels(): JsonObject;
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
  const { namespaces, objects, excluded, rules, isExact } = preparedMatch(match);
  if (namespaces !== undefined && !matchesNamespace(namespaces, context)) return undefined;
  if (objects !== undefined && !matchesObject(objects, context.request)) return undefined;
  if (excluded.length > 0 && matchRules(excluded, context, isExact) !== undefined) return undefined;
  return rules.length === 0 ? resource : matchRules(rules, context, isExact);
}

/** A match made ready: there are few, and each is asked about every object. Selectors that select everything are left out. */
interface PreparedMatch {
  readonly namespaces: JsonObject | undefined;
  readonly objects: JsonObject | undefined;
  readonly excluded: readonly Rule[];
  readonly rules: readonly Rule[];
  readonly isExact: boolean;
}

const preparedMatches = new WeakMap<JsonObject, PreparedMatch>();

function preparedMatch(match: JsonObject): PreparedMatch {
  const known = preparedMatches.get(match);
  if (known !== undefined) return known;
  const prepared: PreparedMatch = {
    namespaces: selectorAt(match, 'namespaceSelector'),
    objects: selectorAt(match, 'objectSelector'),
    excluded: listAt(match, 'excludeResourceRules').map(ruleOf),
    rules: listAt(match, 'resourceRules').map(ruleOf),
    isExact: textAt(match, 'matchPolicy') === 'Exact',
  };
  preparedMatches.set(match, prepared);
  return prepared;
}

function selectorAt(match: JsonObject, name: string): JsonObject | undefined {
  const selector = objectAt(match, name);
  return Object.keys(selector).length === 0 ? undefined : selector;
}

/** A namespace that is made or changed counts by its own labels, what is in none always. */
function matchesNamespace(selector: JsonObject, { request, namespaceLabels }: MatchContext): boolean {
  const { resource, operation, object } = request;
  const isOwn = isNamespace(resource) && (operation === 'CREATE' || operation === 'UPDATE');
  if (isOwn) return selectsLabels(selector, labelsOf(object));
  return requestNamespace(resource) === '' || selectsLabels(selector, namespaceLabels());
}

/** The labels before a change count too. */
function matchesObject(selector: JsonObject, { object, oldObject }: AdmissionRequest): boolean {
  return [object, oldObject].some((one) => one !== null && selectsLabels(selector, labelsOf(one)));
}

export function labelsOf(object: JsonObject | null): JsonObject {
  return objectAt(objectAt(object, 'metadata'), 'labels');
}

function matchRules(rules: readonly Rule[], context: MatchContext, isExact: boolean): MatchedAs | undefined {
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

function ruleOf(json: unknown): Rule {
  return {
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
}

function matchesRule(rule: Rule, { operation, resource }: AdmissionRequest, as: MatchedAs): boolean {
  const { operations, groups, versions, resources, names, scope } = rule;
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
