import { memberOf, textsOf } from '#foundation/documents/index.ts';

/** One `PolicyRule`: every verb of it on every resource of it. A verb that is missing was not written, or was no text. */
export interface Rule {
  readonly verbs: readonly string[];
  /** `''` is the core group, `*` all of them. */
  readonly apiGroups: readonly string[];
  /** `pods`, `pods/exec`, `*`, `*\/scale`. */
  readonly resources: readonly string[];
  /** Empty: objects of every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

/** What somebody asks the API server to do with a resource. */
export interface ResourceAction {
  /** As the authorizer gets it: `get`, `list`, `deletecollection`, `impersonate`; `POST` and the like match nothing. */
  readonly verb: string;
  readonly group: string;
  /** In the plural: `pods`. */
  readonly resource: string;
  /** `exec` of `pods/exec`. */
  readonly subresource?: string;
  /** Absent or empty: in all namespaces, or of a resource that has none. */
  readonly namespace?: string;
  /** Absent where a request has none: `create` and `deletecollection`, `list` and `watch` without a field selector for the name. */
  readonly name?: string;
}

/** A request for an address that is no resource: `/healthz`. */
export interface UrlAction {
  readonly verb: string;
  readonly path: string;
}

export type Action = ResourceAction | UrlAction;

/**
 * Whether a rule allows an action, as the API server's authorizer decides. Two things that are often thought otherwise: `pods/*` is
 * no pattern (only `*` and `*\/exec` are), and a rule with names never allows what comes without a name, such as `create`.
 * See `RuleAllows` in plugin/pkg/auth/authorizer/rbac of kubernetes/kubernetes.
 */
export function ruleAllows(rule: Rule, action: Action): boolean {
  if (!includes(rule.verbs, action.verb)) return false;
  if ('path' in action) return rule.nonResourceUrls.some((url) => coversUrl(url, action.path));
  return (
    includes(rule.apiGroups, action.group) &&
    rule.resources.some((named) => coversResource(named, action.resource, action.subresource)) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(action.name ?? ''))
  );
}

function includes(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one);
}

/** @param named by a rule */
export function coversResource(named: string, resource: string, subresource = ''): boolean {
  if (named === '*') return true;
  return subresource === ''
    ? named === resource
    : named === `${resource}/${subresource}` || named === `*/${subresource}`;
}

function coversUrl(url: string, path: string): boolean {
  return url === '*' || url === path || (url.endsWith('*') && path.startsWith(withoutStars(url)));
}

/** The authorizer takes away all stars at the end. */
function withoutStars(url: string): string {
  let end = url.length;
  while (url[end - 1] === '*') end--;
  return url.slice(0, end);
}

/** Permissive: a member of the wrong shape is a missing one, as the API server would not have taken the object. */
export function ruleOf(value: unknown): Rule {
  const texts = (member: string): readonly string[] => {
    const list = memberOf(value, member);
    return Array.isArray(list) ? textsOf(list) : [];
  };
  return {
    verbs: texts('verbs'),
    apiGroups: texts('apiGroups'),
    resources: texts('resources'),
    resourceNames: texts('resourceNames'),
    nonResourceUrls: texts('nonResourceURLs'),
  };
}
