import { describeSubject } from '#rbac/index.ts';
import type { Check } from '../../check.ts';
import { type About, type Found, objectCheck } from '../declare.ts';
import { clusterRole, clusterRoleBinding, roleBinding } from '../examples.ts';
import { listAt, textAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';
import { bindingOf, boundRoles, isEverything, pathOf, scopeOf, severityIn } from './holders.ts';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
const TEAM = '{kind: Group, name: "shop:team", apiGroup: rbac.authorization.k8s.io}';
const READER = 'ClusterRole view';

interface Subject {
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

function subjectsOf({ value }: KubernetesObject): Subject[] {
  return listAt(value, 'subjects').map((subject, index) => ({
    index,
    kind: textAt(subject, 'kind') ?? '',
    name: textAt(subject, 'name') ?? '',
    namespace: textAt(subject, 'namespace'),
  }));
}

interface SubjectCheck extends Omit<About, 'controls' | 'references' | 'examples'> {
  /** A subject that it is about, as a flow mapping. */
  readonly example: string;
  of(subject: Subject): boolean;
}

function subjectCheck({ of, example, ...about }: SubjectCheck): Check<'kubernetes'> {
  return objectCheck({
    ...about,
    kinds: BINDINGS,
    controls: ['AC-3', 'AC-6', 'AC-14'],
    references: [PAGES.rbac, PAGES.rbacGoodPractices],
    examples: {
      fail: [clusterRoleBinding(READER, example), roleBinding(READER, example)],
      pass: [roleBinding(READER, TEAM)],
    },
    *find(object) {
      for (const subject of subjectsOf(object)) {
        if (!of(subject)) continue;
        yield {
          path: ['subjects', subject.index],
          message: `gives ${boundRole(object)} to ${subject.name || subject.kind}`,
        };
      }
    },
  });
}

function boundRole({ value }: KubernetesObject): string {
  return textAt(value, 'roleRef', 'name') ?? 'a role';
}

function isGroup(kind: string, ...names: string[]) {
  return (subject: Subject): boolean => subject.kind === kind && names.includes(subject.name);
}

/** Of a role under its own name; for cluster-admin there is a check. */
function* bindsEverything(object: KubernetesObject): Iterable<Found> {
  const binding = bindingOf(object);
  if (binding === undefined || binding.role.name === 'cluster-admin') return;
  const { rbac } = object.manifests;
  const held = boundRoles(object, binding)
    .flatMap((role) => rbac.rulesOf(role))
    .find(({ rule }) => isEverything(rule));
  if (held === undefined) return;
  const severity = severityIn(binding, 'critical');
  for (const subject of binding.subjects) {
    const message = `${describeSubject(subject)} may do everything ${scopeOf(binding)}: ${pathOf(object, binding, held)}`;
    yield { path: ['subjects', subject.index], message, severity };
  }
}

const WIDE = new Set(['admin', 'edit']);

export const bindingChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: BINDINGS,
    id: 'kubernetes-binding-cluster-admin',
    title: 'The role cluster-admin is given',
    severity: 'high',
    aliases: ['KSV-0111'],
    rationale:
      'Its holder may do everything, in one namespace or in the whole cluster: a stolen token of it is a stolen cluster.',
    remediation: 'Bind a role with the rights that are needed; keep cluster-admin for emergencies.',
    controls: ['AC-6', 'AC-3'],
    references: [PAGES.rbacGoodPractices, PAGES.rbac],
    examples: {
      fail: [clusterRoleBinding('ClusterRole cluster-admin', TEAM)],
      pass: [clusterRoleBinding(READER, TEAM)],
    },
    *find(object) {
      if (boundRole(object) === 'cluster-admin')
        yield { path: ['roleRef'], message: `gives cluster-admin to ${subjectNames(object)}` };
    },
  }),
  objectCheck({
    kinds: ['ClusterRoleBinding'],
    id: 'kubernetes-binding-wide-role',
    title: 'A role for one namespace is given in all of them',
    severity: 'medium',
    rationale: 'The roles admin and edit read every secret and act as every service account of each namespace.',
    remediation: 'Bind it with a RoleBinding in the namespaces that are meant.',
    controls: ['AC-6'],
    references: [PAGES.rbac],
    examples: { fail: [clusterRoleBinding('ClusterRole edit', TEAM)], pass: [roleBinding('ClusterRole edit', TEAM)] },
    *find(object) {
      const role = boundRole(object);
      if (WIDE.has(role))
        yield { path: ['roleRef'], message: `gives ${role} in every namespace to ${subjectNames(object)}` };
    },
  }),
  objectCheck({
    kinds: BINDINGS,
    id: 'kubernetes-binding-everything',
    title: 'A role that may do everything is given',
    severity: 'critical',
    rationale: 'Under its own name it is cluster-admin again, and is not noticed by those who look for that name.',
    remediation: 'List in the role the resources and verbs that are needed.',
    controls: ['AC-6'],
    references: [PAGES.rbacGoodPractices],
    examples: {
      fail: [
        `${clusterRoleBinding('ClusterRole operator', TEAM)}---\n${clusterRole('{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}')}`,
      ],
      pass: [clusterRoleBinding('ClusterRole operator', TEAM)],
    },
    find: bindsEverything,
  }),
  subjectCheck({
    id: 'kubernetes-binding-anonymous',
    title: 'Rights for whoever does not sign in',
    severity: 'critical',
    aliases: ['KSV-0122'],
    rationale: 'Everybody who reaches the interface server has them, the internet where it is open to it.',
    remediation: 'Remove system:anonymous and system:unauthenticated from the subjects.',
    example: '{kind: User, name: "system:anonymous", apiGroup: rbac.authorization.k8s.io}',
    of: (subject) =>
      isGroup('User', 'system:anonymous')(subject) || isGroup('Group', 'system:unauthenticated')(subject),
  }),
  subjectCheck({
    id: 'kubernetes-binding-authenticated',
    title: 'Rights for everybody who signs in',
    severity: 'high',
    aliases: ['KSV-01011'],
    rationale: 'All service accounts are in the group, and with some providers every account of theirs.',
    remediation: 'Name the users, groups or service accounts that are meant.',
    example: '{kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io}',
    of: isGroup('Group', 'system:authenticated'),
  }),
  subjectCheck({
    id: 'kubernetes-binding-masters',
    title: 'Rights for the group system:masters',
    severity: 'high',
    aliases: ['KSV-0123'],
    rationale:
      'The group passes by all authorization and cannot be limited or taken back; naming it shows that it is in use.',
    remediation: 'Give people a group of your own, and keep certificates of system:masters locked away.',
    example: '{kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}',
    of: isGroup('Group', 'system:masters'),
  }),
  subjectCheck({
    id: 'kubernetes-binding-all-service-accounts',
    title: 'Rights for all service accounts',
    severity: 'high',
    rationale: 'Every pod of the namespace, or of the cluster, has them, the one that strangers reach among them.',
    remediation: 'Name the service account that needs them.',
    example: '{kind: Group, name: "system:serviceaccounts", apiGroup: rbac.authorization.k8s.io}',
    of: ({ kind, name }) => kind === 'Group' && /^system:serviceaccounts(?::|$)/.test(name),
  }),
  subjectCheck({
    id: 'kubernetes-binding-default-service-account',
    title: 'Rights for the default service account',
    severity: 'medium',
    rationale: 'Every pod of the namespace that names no service account runs as it and gets the rights along.',
    remediation: 'Make a service account for the workload, bind the role to it and name it in the pod.',
    example: '{kind: ServiceAccount, name: default, namespace: shop}',
    of: isGroup('ServiceAccount', 'default'),
  }),
  subjectCheck({
    id: 'kubernetes-binding-node-group',
    title: 'Rights for the group of nodes',
    severity: 'medium',
    rationale: 'Every kubelet has them, and with them whoever has taken over a single node.',
    remediation: 'Leave nodes to the Node authorizer, and give agents on nodes service accounts of their own.',
    example: '{kind: Group, name: "system:nodes", apiGroup: rbac.authorization.k8s.io}',
    of: isGroup('Group', 'system:nodes'),
  }),
];

function subjectNames(object: KubernetesObject): string {
  const names = subjectsOf(object).map(({ name }) => name);
  return names.length === 0 ? 'nobody yet' : names.slice(0, 3).join(', ');
}
