import type { Check } from '../../check.ts';
import { anyObjectCheck } from '../declare.ts';
import { deployment, manifest } from '../examples.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';

interface Withdrawal {
  readonly apiVersion: string;
  /** All kinds of the version when absent. */
  readonly kinds?: readonly string[];
  /** Minor of Kubernetes 1 from which on the server does not know it; absent while it still does. */
  readonly removedIn?: number;
  readonly instead: string;
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const WITHDRAWALS: readonly Withdrawal[] = [
  { apiVersion: 'extensions/v1beta1', kinds: ['Ingress'], removedIn: 22, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['NetworkPolicy'], removedIn: 16, instead: 'networking.k8s.io/v1' },
  { apiVersion: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], removedIn: 16, instead: 'Pod Security Admission' },
  { apiVersion: 'extensions/v1beta1', removedIn: 16, instead: 'apps/v1' },
  { apiVersion: 'apps/v1beta1', removedIn: 16, instead: 'apps/v1' },
  { apiVersion: 'apps/v1beta2', removedIn: 16, instead: 'apps/v1' },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    removedIn: 22,
    instead: 'admissionregistration.k8s.io/v1',
  },
  { apiVersion: 'apiextensions.k8s.io/v1beta1', removedIn: 22, instead: 'apiextensions.k8s.io/v1' },
  { apiVersion: 'apiregistration.k8s.io/v1beta1', removedIn: 22, instead: 'apiregistration.k8s.io/v1' },
  {
    apiVersion: 'authentication.k8s.io/v1beta1',
    kinds: ['TokenReview'],
    removedIn: 22,
    instead: 'authentication.k8s.io/v1',
  },
  { apiVersion: 'authorization.k8s.io/v1beta1', removedIn: 22, instead: 'authorization.k8s.io/v1' },
  {
    apiVersion: 'certificates.k8s.io/v1beta1',
    kinds: ['CertificateSigningRequest'],
    removedIn: 22,
    instead: 'certificates.k8s.io/v1',
  },
  { apiVersion: 'coordination.k8s.io/v1beta1', kinds: ['Lease'], removedIn: 22, instead: 'coordination.k8s.io/v1' },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress', 'IngressClass'],
    removedIn: 22,
    instead: 'networking.k8s.io/v1',
  },
  { apiVersion: 'rbac.authorization.k8s.io/v1beta1', removedIn: 22, instead: 'rbac.authorization.k8s.io/v1' },
  { apiVersion: 'scheduling.k8s.io/v1beta1', removedIn: 22, instead: 'scheduling.k8s.io/v1' },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    removedIn: 22,
    instead: 'storage.k8s.io/v1',
  },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], removedIn: 25, instead: 'batch/v1' },
  { apiVersion: 'discovery.k8s.io/v1beta1', kinds: ['EndpointSlice'], removedIn: 25, instead: 'discovery.k8s.io/v1' },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: ['Event'], removedIn: 25, instead: 'events.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta1', removedIn: 25, instead: 'autoscaling/v2' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], removedIn: 25, instead: 'policy/v1' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], removedIn: 25, instead: 'Pod Security Admission' },
  { apiVersion: 'node.k8s.io/v1beta1', kinds: ['RuntimeClass'], removedIn: 25, instead: 'node.k8s.io/v1' },
  { apiVersion: 'autoscaling/v2beta2', removedIn: 26, instead: 'autoscaling/v2' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1', removedIn: 26, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kinds: ['CSIStorageCapacity'], removedIn: 27, instead: 'storage.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', removedIn: 29, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', removedIn: 32, instead: 'flowcontrol.apiserver.k8s.io/v1' },
  { apiVersion: 'v1', kinds: ['Endpoints'], instead: 'discovery.k8s.io/v1 EndpointSlice' },
  { apiVersion: 'v1', kinds: ['ComponentStatus'], instead: 'the health addresses of the components' },
];

const BY_VERSION = Map.groupBy(WITHDRAWALS, ({ apiVersion }) => apiVersion);

function withdrawalOf({ apiVersion, kind }: KubernetesObject): Withdrawal | undefined {
  return BY_VERSION.get(apiVersion)?.find(({ kinds }) => kinds === undefined || kinds.includes(kind));
}

export const apiVersionChecks: readonly Check<'kubernetes'>[] = [
  anyObjectCheck({
    id: 'kubernetes-api-removed',
    title: 'A version of the interface that has been removed',
    severity: 'medium',
    aliases: ['KSV-0107'],
    rationale: 'The object cannot be applied to a supported cluster, and what it protects is then not protected.',
    remediation: 'Write the object for the version that took its place; members may have other names there.',
    controls: ['SI-2', 'CM-6'],
    references: [PAGES.deprecations],
    examples: {
      fail: [
        manifest('batch/v1beta1 CronJob clean', 'spec: {}'),
        deployment().replace('apps/v1', 'extensions/v1beta1'),
      ],
      pass: [manifest('batch/v1 CronJob clean', 'spec: {}')],
    },
    *find(object) {
      const { removedIn, instead } = withdrawalOf(object) ?? {};
      if (removedIn === undefined) return;
      const message = `${object.apiVersion} ${object.kind} is gone since Kubernetes 1.${removedIn}; use ${instead}`;
      yield { path: ['apiVersion'], message };
    },
  }),
  anyObjectCheck({
    id: 'kubernetes-api-deprecated',
    title: 'A kind of object that is being given up',
    severity: 'low',
    rationale: 'It will not be understood by some later version, and new features do not reach it.',
    remediation: 'Write the object as the kind that took its place.',
    controls: ['SI-2', 'CM-6'],
    references: [PAGES.deprecations],
    examples: {
      fail: [manifest('v1 Endpoints web', 'subsets: []')],
      pass: [manifest('discovery.k8s.io/v1 EndpointSlice web', 'endpoints: []')],
    },
    *find(object) {
      const { removedIn, instead } = withdrawalOf(object) ?? {};
      if (instead === undefined || removedIn !== undefined) return;
      yield { path: ['apiVersion'], message: `${object.apiVersion} ${object.kind} is deprecated; use ${instead}` };
    },
  }),
];
