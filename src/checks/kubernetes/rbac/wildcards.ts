import type { Severity } from '#model/index.ts';
import type { Rule } from '#rbac/index.ts';
import type { Check } from '../../check.ts';
import { objectCheck } from '../declare.ts';
import { clusterRole } from '../examples.ts';
import { PAGES } from '../references.ts';
import { isEverything, roleOf, unheldRole } from './holders.ts';

interface WildcardCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly aliases?: readonly string[];
  readonly rationale: string;
  readonly remediation: string;
  /** The only rule of the example that fails, as a flow mapping. */
  readonly bad: string;
  readonly message: string;
  /** Asked of roles only that are given to nobody: of others it is told where they are given. */
  readonly ofUnheld?: true;
  of(rule: Rule): boolean;
}

/** About how a role is written: it counts for whoever is given the role, today or later. */
function wildcard({ of, message, bad, ofUnheld, ...about }: WildcardCheck): Check<'kubernetes'> {
  return objectCheck({
    ...about,
    kinds: ['Role', 'ClusterRole'],
    controls: ['AC-6', 'AC-3'],
    references: [PAGES.rbacGoodPractices, PAGES.rbac],
    examples: {
      fail: [clusterRole(bad)],
      pass: [clusterRole('{apiGroups: [""], resources: [services], verbs: [get]}')],
    },
    *find(object) {
      const role = ofUnheld ? unheldRole(object) : roleOf(object);
      for (const [index, rule] of (role?.rules ?? []).entries())
        if (of(rule)) yield { path: ['rules', index], message };
    },
  });
}

export const wildcardChecks: readonly Check<'kubernetes'>[] = [
  wildcard({
    id: 'kubernetes-role-everything',
    title: 'The role may do everything',
    severity: 'medium',
    aliases: ['KSV-0044'],
    rationale:
      'Every verb on every resource is the right of an administrator, for resources that do not exist yet as well. Nobody among these manifests has the role yet.',
    remediation: 'List the resources and verbs that are needed.',
    bad: '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
    message: 'allows every verb on every resource; no binding among these manifests gives it to anybody',
    ofUnheld: true,
    of: isEverything,
  }),
  wildcard({
    id: 'kubernetes-role-all-verbs',
    title: 'The role has every verb on a resource',
    severity: 'medium',
    aliases: ['KSV-0045'],
    rationale:
      'Among all verbs are escalate, bind, impersonate and deletecollection, which hardly anybody means to give.',
    remediation: 'List the verbs that are needed.',
    bad: '{apiGroups: [""], resources: [services], verbs: ["*"]}',
    of: ({ resources, verbs }) => verbs.includes('*') && resources.length > 0 && !resources.includes('*'),
    message: 'allows every verb',
  }),
  wildcard({
    id: 'kubernetes-role-all-resources',
    title: 'The role reaches every resource',
    severity: 'high',
    aliases: ['KSV-0046', 'KSV-0112'],
    rationale: 'Secrets, pods/exec and roles are among all resources, and so is whatever is installed tomorrow.',
    remediation: 'List the resources that are needed.',
    bad: '{apiGroups: [""], resources: ["*"], verbs: [get, list]}',
    of: (rule) => rule.resources.includes('*') && !isEverything(rule) && !rule.apiGroups.every(isOfOthers),
    message: 'allows it on every resource',
  }),
  wildcard({
    id: 'kubernetes-role-all-groups',
    title: 'The role holds in every group of the interface',
    severity: 'low',
    rationale: 'The same resource name in a group of another project is given along.',
    remediation: 'List the groups that are needed.',
    bad: '{apiGroups: ["*"], resources: [services], verbs: [get]}',
    of: ({ apiGroups, resources }) => apiGroups.includes('*') && !resources.includes('*'),
    message: 'holds for every group',
  }),
  wildcard({
    id: 'kubernetes-role-all-urls',
    title: 'The role reaches every address of the interface server',
    severity: 'medium',
    rationale: 'Addresses that are no resources tell of the server’s state, its profile and its settings.',
    remediation: 'List the addresses that are needed, such as /healthz and /metrics.',
    bad: '{nonResourceURLs: ["*"], verbs: [get]}',
    of: ({ nonResourceUrls }) => nonResourceUrls.some((url) => url === '*' || url === '/*'),
    message: 'allows every address of the interface server',
  }),
];

/** Resources that a project defines: every one of its own group is its own. */
function isOfOthers(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}
