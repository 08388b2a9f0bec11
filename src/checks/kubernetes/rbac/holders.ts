import { type Severity, severities } from '#model/index.ts';
import type { Binding, Role, Rule, RuleOfRole } from '#rbac/index.ts';
import type { KubernetesObject } from '../object.ts';

/** What the object is to the authorizer. */
export function bindingOf({ value, manifests }: KubernetesObject): Binding | undefined {
  return manifests.rbac.bindingFrom(value);
}

export function roleOf({ value, manifests }: KubernetesObject): Role | undefined {
  return manifests.rbac.roleFrom(value);
}

/** A role whose rules no binding among the manifests gives to anybody; what others have is told where it is given. */
export function unheldRole(object: KubernetesObject): Role | undefined {
  const role = roleOf(object);
  return role === undefined || object.manifests.rbac.isHeld(role) ? undefined : role;
}

/** Their rights are known, and are what they are there for. */
const FOR_PEOPLE = /^(?:cluster-admin|system:aggregate-to-(?:admin|edit|view))$/;

/** Where several files write a role of the name, as variants of an installation do, the one beside the binding is meant. */
export function boundRoles({ manifests, file }: KubernetesObject, binding: Binding): readonly Role[] {
  const roles = manifests.rbac.rolesOf(binding);
  const beside = roles.filter(({ object }) => object !== undefined && manifests.objectOf(object)?.file === file);
  return beside.length > 0 ? beside : roles;
}

/** The rules that a binding gives, but for those that are told of as a whole: everything, and the roles for people of every cluster. */
export function heldRules(object: KubernetesObject, binding: Binding): readonly RuleOfRole[] {
  const { rbac } = object.manifests;
  return boundRoles(object, binding)
    .flatMap((role) => rbac.rulesOf(role))
    .filter(({ role, rule }) => !isEverything(rule) && !(role.object === undefined && FOR_PEOPLE.test(role.name)));
}

export function isEverything({ apiGroups, resources, verbs }: Rule): boolean {
  return apiGroups.includes('*') && resources.includes('*') && verbs.includes('*');
}

/** In one namespace a right weighs less, unless what runs the cluster is in it. */
export function severityIn({ namespace }: Binding, severity: Severity): Severity {
  return namespace === undefined || namespace === 'kube-system' ? severity : lessSevere(severity, 1);
}

export function lessSevere(severity: Severity, steps: number): Severity {
  return severities[Math.min(severities.indexOf(severity) + steps, severities.indexOf('low'))] ?? severity;
}

export function scopeOf({ kind, namespace }: Binding): string {
  if (kind === 'ClusterRoleBinding') return 'in the whole cluster';
  return namespace ? `in namespace ${namespace}` : 'in its namespace';
}

/** Through which binding and which rule: `RoleBinding web (line 20) gives Role web, by its rule at rbac.yaml:7`. */
export function pathOf(object: KubernetesObject, binding: Binding, { role, index }: RuleOfRole): string {
  const line = object.placeSeenFrom(object, ['roleRef']);
  const gives = `${binding.kind} ${binding.name} (${line}) gives ${binding.role.kind} ${binding.role.name}`;
  const holder = role.object === undefined ? undefined : object.manifests.objectOf(role.object);
  if (holder === undefined) return `${gives}, which every cluster has`;
  const whose = role.name === binding.role.name ? 'its rule' : `the rule of ${role.name}`;
  return `${gives}, by ${whose} at ${holder.placeSeenFrom(object, ['rules', index])}`;
}
