import { asMembers, asText, type Members, memberOf } from '#foundation/documents/index.ts';
import { type Rule, ruleOf } from './rule.ts';

export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  /** Of a Role. */
  readonly namespace?: string;
  readonly labels: Members;
  /** Those written in it; the API server replaces them where the role is made of others. */
  readonly rules: readonly Rule[];
  /** Selectors of the roles that it is made of. */
  readonly madeOf?: readonly unknown[];
  /** The object that it was read from; absent for a role that every cluster has. */
  readonly object?: unknown;
}

export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string;
  /** Of a RoleBinding. */
  readonly namespace?: string;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly Subject[];
  /** The object that it was read from; absent for a binding that every cluster has. */
  readonly object?: unknown;
}

export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of a service account: its own, else that of the binding. Without one it is nobody. */
  readonly namespace?: string;
  /** Place in the binding's list. */
  readonly index: number;
}

/** @param defaultNamespace of objects that name none */
export function roleOf(object: unknown, defaultNamespace: string): Role | undefined {
  const kind = kindOf(object, 'Role', 'ClusterRole');
  const metadata = memberOf(object, 'metadata');
  const name = asText(memberOf(metadata, 'name'));
  if (kind === undefined || name === undefined) return undefined;
  const rules = memberOf(object, 'rules');
  const madeOf = memberOf(memberOf(object, 'aggregationRule'), 'clusterRoleSelectors');
  return {
    kind,
    name,
    ...(kind === 'Role' && { namespace: namespaceIn(metadata, defaultNamespace) }),
    labels: asMembers(memberOf(metadata, 'labels')) ?? {},
    rules: Array.isArray(rules) ? rules.map(ruleOf) : [],
    ...(kind === 'ClusterRole' && Array.isArray(madeOf) && { madeOf }),
    object,
  };
}

/** @param defaultNamespace of objects that name none */
export function bindingOf(object: unknown, defaultNamespace: string): Binding | undefined {
  const kind = kindOf(object, 'RoleBinding', 'ClusterRoleBinding');
  if (kind === undefined) return undefined;
  const metadata = memberOf(object, 'metadata');
  const namespace = kind === 'RoleBinding' ? namespaceIn(metadata, defaultNamespace) : undefined;
  const reference = memberOf(object, 'roleRef');
  const subjects = memberOf(object, 'subjects');
  return {
    kind,
    name: asText(memberOf(metadata, 'name')) ?? '',
    ...(namespace !== undefined && { namespace }),
    role: { kind: asText(memberOf(reference, 'kind')) ?? '', name: asText(memberOf(reference, 'name')) ?? '' },
    subjects: Array.isArray(subjects)
      ? subjects.flatMap((subject, index) => subjectOf(subject, index, namespace) ?? [])
      : [],
    object,
  };
}

function subjectOf(value: unknown, index: number, bindingNamespace: string | undefined): Subject | undefined {
  const kind = asText(memberOf(value, 'kind'));
  const name = asText(memberOf(value, 'name'));
  if (name === undefined || (kind !== 'User' && kind !== 'Group' && kind !== 'ServiceAccount')) return undefined;
  if (kind !== 'ServiceAccount') return { kind, name, index };
  const namespace = asText(memberOf(value, 'namespace')) || bindingNamespace;
  return { kind, name, ...(namespace !== undefined && { namespace }), index };
}

function kindOf<Kind extends string>(object: unknown, ...kinds: readonly Kind[]): Kind | undefined {
  const group = asText(memberOf(object, 'apiVersion'))?.startsWith('rbac.authorization.k8s.io/');
  const kind = memberOf(object, 'kind');
  return group === true ? kinds.find((one) => one === kind) : undefined;
}

function namespaceIn(metadata: unknown, defaultNamespace: string): string {
  return asText(memberOf(metadata, 'namespace')) || defaultNamespace;
}
