import type { Binding, Role, Subject } from './objects.ts';
import type { Rbac, RuleOfRole } from './rbac.ts';
import { type Action, coversResource, type ResourceAction, ruleAllows } from './rule.ts';
import { groupsOf, isSubject, type User } from './user.ts';

/** One rule in somebody's hands, and how it got there. */
export interface Grant {
  readonly binding: Binding;
  /** The one of the binding that it is given to. */
  readonly subject: Subject;
  /** The bound role; the rule may stand in another that it is made of. */
  readonly role: Role;
  readonly rule: RuleOfRole;
}

export type Authorization =
  /** `because` is absent for `system:masters`, whom no rule is asked about. */
  | { readonly state: 'allowed'; readonly because?: Grant }
  | { readonly state: 'denied' }
  /** Nothing known allows it, but what is bound is not known in full. */
  | { readonly state: 'unknown'; readonly reason: string };

/** The group that passes by all authorization. */
const MASTERS = 'system:masters';

/** What the API server would say, were these all the roles and bindings that it has. */
export function authorize(rbac: Rbac, user: User, action: Action): Authorization {
  const groups = groupsOf(user);
  if (groups.has(MASTERS)) return { state: 'allowed' };
  const missing: Binding[] = [];
  for (const binding of rbac.bindings) {
    if (!reaches(binding, action)) continue;
    const subject = binding.subjects.find((one) => isSubject(one, user, groups));
    if (subject === undefined) continue;
    const roles = rbac.rolesOf(binding);
    if (roles.length === 0) missing.push(binding);
    for (const role of roles) {
      const rule = rbac.rulesOf(role).find((one) => ruleAllows(one.rule, action));
      if (rule) return { state: 'allowed', because: { binding, subject, role, rule } };
    }
  }
  const [first] = missing;
  return first === undefined ? { state: 'denied' } : { state: 'unknown', reason: missingRole(first) };
}

/** A binding in a namespace gives nothing elsewhere, nothing across namespaces and no address. */
function reaches({ kind, namespace }: Binding, action: Action): boolean {
  return kind === 'ClusterRoleBinding' || ('resource' in action && (action.namespace ?? '') === namespace);
}

function missingRole({ kind, namespace, name, role }: Binding): string {
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  return `${kind} ${place} gives ${role.kind} ${role.name}, whose rules are not known here`;
}

export interface Permissions {
  readonly grants: readonly Grant[];
  /** Bindings of roles that are not known: there may be more. */
  readonly missing: readonly Binding[];
}

/** Everything that is given to somebody, whatever the namespace. */
export function permissionsOf(rbac: Rbac, user: User): Permissions {
  const groups = groupsOf(user);
  const grants: Grant[] = [];
  const missing: Binding[] = [];
  for (const binding of rbac.bindings) {
    const subject = binding.subjects.find((one) => isSubject(one, user, groups));
    if (subject === undefined) continue;
    const roles = rbac.rolesOf(binding);
    if (roles.length === 0) missing.push(binding);
    for (const role of roles) for (const rule of rbac.rulesOf(role)) grants.push({ binding, subject, role, rule });
  }
  return { grants, missing };
}

/** `group` may be `*`: a resource of the name in whichever group. Without `namespace`: in any. Without `name`: of whichever object. */
export interface Question extends Omit<ResourceAction, 'group'> {
  readonly group?: string;
}

/** Everybody who may do it somewhere. Rules for single names are among them: `grant.rule.rule.resourceNames` says which. */
export function whoCan(rbac: Rbac, question: Question | { readonly verb: string; readonly path: string }): Permissions {
  const grants: Grant[] = [];
  const missing: Binding[] = [];
  for (const binding of rbac.bindings) {
    if (!mayReach(binding, question)) continue;
    const roles = rbac.rolesOf(binding);
    if (roles.length === 0) missing.push(binding);
    for (const role of roles) {
      const rule = rbac.rulesOf(role).find((one) => answers(one, question));
      if (rule) for (const subject of binding.subjects) grants.push({ binding, subject, role, rule });
    }
  }
  return { grants, missing };
}

function mayReach({ kind, namespace }: Binding, question: { namespace?: string } | { path: string }): boolean {
  if (kind === 'ClusterRoleBinding') return true;
  return !('path' in question) && (question.namespace === undefined || question.namespace === namespace);
}

/** Verbs of requests that carry no name, so that a rule for names never allows them; on a subresource `create` has that of its object. */
const NAMELESS = new Set(['create', 'deletecollection']);

function answers({ rule }: RuleOfRole, question: Question | { readonly verb: string; readonly path: string }): boolean {
  if ('path' in question) return ruleAllows(rule, question);
  const { verb, group = '*', resource, subresource = '', name } = question;
  const { verbs, apiGroups, resources, resourceNames } = rule;
  const isNameless = NAMELESS.has(verb) && subresource === '';
  return (
    (verbs.includes('*') || verbs.includes(verb)) &&
    (group === '*' ? apiGroups.length > 0 : apiGroups.includes('*') || apiGroups.includes(group)) &&
    resources.some((named) => coversResource(named, resource, subresource)) &&
    (resourceNames.length === 0 || (!isNameless && (name === undefined || resourceNames.includes(name))))
  );
}
