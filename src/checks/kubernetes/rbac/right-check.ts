import type { Severity } from '#model/index.ts';
import { type Binding, describeSubject, type Rule } from '#rbac/index.ts';
import type { Check } from '../../check.ts';
import { type Found, objectCheck } from '../declare.ts';
import { clusterRole, clusterRoleBinding } from '../examples.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';
import { bindingOf, heldRules, isEverything, lessSevere, pathOf, scopeOf, severityIn, unheldRole } from './holders.ts';
import { describeGiven, type Given, givenBy, type Right } from './right.ts';

/** Rights that are dangerous for the same reason. */
export interface RightCheck {
  readonly id: string;
  readonly title: string;
  /** For a right in the whole cluster; in one namespace it weighs a step less, and two where nobody has it yet. */
  readonly severity: Severity;
  readonly aliases?: readonly string[];
  readonly rationale: string;
  readonly remediation: string;
  readonly rights: readonly Right[];
}

/**
 * Asks who has a right: each subject of a binding of which a rule gives it, whatever role the rule stands in. A role that is bound nowhere
 * among the manifests is told as such; one that is bound is told at the binding only.
 */
export function rightCheck({ rights, ...about }: RightCheck): Check<'kubernetes'> {
  const given: GivenIn = (rule, reach) => firstOf(rights, (right) => givenBy(rule, right, reach));
  return objectCheck({
    ...about,
    kinds: ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding'],
    controls: ['AC-6', 'AC-3'],
    references: [PAGES.rbacGoodPractices, PAGES.rbac],
    examples: examplesOf(rights),
    *find(object) {
      const binding = bindingOf(object);
      if (binding) yield* held(object, binding, given, severityIn(binding, about.severity));
      else yield* unheld(object, given, lessSevere(about.severity, 2));
    },
  });
}

type GivenIn = (rule: Rule, reach: 'cluster' | 'namespace') => Given | undefined;

function* held(object: KubernetesObject, binding: Binding, given: GivenIn, severity: Severity): Iterable<Found> {
  const reach = binding.namespace === undefined ? 'cluster' : 'namespace';
  const found = firstOf(heldRules(object, binding), (rule) => {
    const what = given(rule.rule, reach);
    return what && { rule, what };
  });
  if (found === undefined) return;
  for (const subject of binding.subjects) {
    const may = `${describeSubject(subject)} may ${describeGiven(found.what)} ${scopeOf(binding)}`;
    yield { path: ['subjects', subject.index], message: `${may}: ${pathOf(object, binding, found.rule)}`, severity };
  }
}

function* unheld(object: KubernetesObject, given: GivenIn, severity: Severity): Iterable<Found> {
  const role = unheldRole(object);
  for (const [index, rule] of (role?.rules ?? []).entries()) {
    const what = isEverything(rule) ? undefined : given(rule, role?.kind === 'Role' ? 'namespace' : 'cluster');
    if (what === undefined) continue;
    const message = `allows to ${describeGiven(what)}; no binding among these manifests gives it to anybody`;
    yield { path: ['rules', index], message, severity };
  }
}

function examplesOf(rights: readonly Right[]): Check['examples'] {
  const [right] = rights;
  const given = right === undefined ? [] : [clusterRole(flowRule(right))];
  const harmless = clusterRole('{apiGroups: [shop.example.com], resources: [orders], verbs: [get, list]}');
  const binding = clusterRoleBinding('ClusterRole operator', '{kind: ServiceAccount, name: web, namespace: shop}');
  return {
    fail: given.flatMap((role) => [`${binding}---\n${role}`, role]),
    pass: [`${binding}---\n${harmless}`, ...given.map((role) => `${role}---\n${binding}`), harmless],
  };
}

function flowRule({ group, resources, verbs, names = [] }: Right): string {
  const named = names.length > 0 ? `, resourceNames: ["${names[0]}"]` : '';
  return `{apiGroups: ["${group}"], resources: ["${resources[0]}"], verbs: ["${verbs[0]}"]${named}}`;
}

function firstOf<From, To>(list: Iterable<From>, make: (item: From) => To | undefined): To | undefined {
  for (const item of list) {
    const made = make(item);
    if (made !== undefined) return made;
  }
  return undefined;
}
