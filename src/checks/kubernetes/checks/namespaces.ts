import type { Check } from '../../check.ts';
import { type Found, objectCheck, workloadCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import { membersAt, textAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';

const namespace = (labels = 'team: shop', rest = '') =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    ${labels}\n${rest}`;
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const SYSTEM = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

interface LackCheck {
  readonly id: string;
  readonly title: string;
  readonly severity: Check['severity'];
  readonly alias?: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly rationale: string;
  readonly remediation: string;
  readonly controls: readonly string[];
  readonly reference: string;
}

/** A namespace among these manifests for which none of them has an object of the kind. */
function lackCheck({ kind, apiVersion, alias, reference, ...about }: LackCheck): Check<'kubernetes'> {
  return objectCheck({
    ...about,
    ...(alias !== undefined && { aliases: [alias] }),
    kinds: ['Namespace'],
    references: [reference],
    examples: {
      fail: [namespace()],
      pass: [namespace('team: shop', `---\n${manifest(`${apiVersion} ${kind} all`, 'spec: {}')}`)],
    },
    *find({ name, manifests }) {
      if (SYSTEM.has(name) || manifests.ofKind(kind, name).length > 0) return;
      yield { path: ['metadata', 'name'], message: `no ${kind} among these manifests is for ${name}` };
    },
  });
}

function* enforcedLevel(object: KubernetesObject): Iterable<Found> {
  const level = textAt(object.value, 'metadata', 'labels', ENFORCE);
  if (level === undefined && !SYSTEM.has(object.name))
    yield { path: ['metadata', 'labels'], message: `the label ${ENFORCE} is missing` };
}

export const namespaceChecks: readonly Check<'kubernetes'>[] = [
  workloadCheck({
    id: 'kubernetes-default-namespace',
    title: 'The workload goes to the namespace default',
    severity: 'low',
    aliases: ['KSV-0110'],
    rationale: 'What has no namespace of its own shares rights, quotas and network with whatever else was put there.',
    remediation: 'Make a namespace for the application and name it in metadata.namespace.',
    controls: ['SC-2', 'AC-6'],
    references: [PAGES.namespaces],
    examples: { fail: [deployment().replace('namespace: shop', 'namespace: default')], pass: [deployment()] },
    *find({ object }) {
      if (object.namespace === 'default')
        yield { path: ['metadata', 'namespace'], message: 'names the namespace default' };
    },
  }),
  workloadCheck({
    id: 'kubernetes-system-namespace',
    title: "The workload goes among the cluster's own parts",
    severity: 'medium',
    aliases: ['KSV-0037'],
    rationale:
      'In kube-system lie credentials of controllers, and limits are mostly switched off: a neighbour there can take the cluster.',
    remediation: 'Use a namespace of your own.',
    controls: ['SC-2', 'AC-6'],
    references: [PAGES.namespaces],
    examples: { fail: [deployment().replace('namespace: shop', 'namespace: kube-system')], pass: [deployment()] },
    *find({ object, metadata }) {
      if (!SYSTEM.has(object.namespace ?? '') || isOfCluster(membersAt(metadata, 'labels'))) return;
      yield { path: ['metadata', 'namespace'], message: `goes to ${object.namespace}` };
    },
  }),
  objectCheck({
    kinds: ['Namespace'],
    id: 'kubernetes-namespace-pod-security',
    title: 'The namespace enforces no Pod Security Standard',
    severity: 'medium',
    rationale: 'Unless the cluster has a default, privileged pods are let in by whoever may make pods.',
    remediation: `Set the label ${ENFORCE}: restricted, or baseline.`,
    controls: ['CM-6', 'AC-6'],
    references: [PAGES.podSecurityAdmission, PAGES.podSecurity],
    examples: { fail: [namespace()], pass: [namespace(`${ENFORCE}: restricted`)] },
    find: enforcedLevel,
  }),
  objectCheck({
    kinds: ['Namespace'],
    id: 'kubernetes-namespace-privileged',
    title: 'The namespace lets privileged pods in',
    severity: 'high',
    rationale: 'The level privileged forbids nothing: whoever may make a pod there may take a node.',
    remediation: `Set the label ${ENFORCE} to restricted or baseline, and move node agents to a namespace of their own.`,
    controls: ['CM-6', 'AC-6'],
    references: [PAGES.podSecurityAdmission],
    examples: { fail: [namespace(`${ENFORCE}: privileged`)], pass: [namespace(`${ENFORCE}: baseline`)] },
    *find({ value }) {
      const path = ['metadata', 'labels', ENFORCE];
      if (textAt(value, ...path) === 'privileged') yield { path, message: 'enforces the level privileged' };
    },
  }),
  lackCheck({
    id: 'kubernetes-namespace-quota',
    title: 'The namespace has no quota',
    severity: 'low',
    alias: 'KSV-0040',
    kind: 'ResourceQuota',
    apiVersion: 'v1',
    rationale: 'One tenant, or one mistake, takes the resources of the whole cluster.',
    remediation: 'Add a ResourceQuota for processor time, memory and the number of objects.',
    controls: ['SC-5', 'SC-6'],
    reference: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  }),
  lackCheck({
    id: 'kubernetes-namespace-limit-range',
    title: 'The namespace has no default limits',
    severity: 'low',
    alias: 'KSV-0039',
    kind: 'LimitRange',
    apiVersion: 'v1',
    rationale: 'Containers that say nothing of their resources run without limit.',
    remediation: 'Add a LimitRange with defaults and maxima.',
    controls: ['SC-5', 'SC-6'],
    reference: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  }),
  lackCheck({
    id: 'kubernetes-namespace-network-policy',
    title: 'The namespace has no network policy',
    severity: 'medium',
    kind: 'NetworkPolicy',
    apiVersion: 'networking.k8s.io/v1',
    rationale: 'Its pods reach and are reached by every other pod of the cluster.',
    remediation: 'Add a NetworkPolicy that denies everything, and one for each way that is needed.',
    controls: ['SC-7', 'AC-4'],
    reference: PAGES.networkPolicies,
  }),
];

function isOfCluster(labels: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(labels, 'k8s-app') || labels['tier'] === 'control-plane';
}
