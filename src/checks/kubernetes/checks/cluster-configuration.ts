import type { Check } from '../../check.ts';
import { objectCheck } from '../declare.ts';
import { listAt, membersAt, textAt, textsAt } from '../fields.ts';

/** What the benchmark takes for a provider that protects: others write as is, or are safe only with keys that change all the time. */
const PROVIDERS: ReadonlySet<string> = new Set(['aescbc', 'kms', 'secretbox']);
const SECRETS: ReadonlySet<string> = new Set(['secrets', '*.', '*.*']);
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?$/;

const encryption = (provider: string) => `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
${provider}
      - identity: {}
`;

const proxy = (address: string) => `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
metricsBindAddress: ${address}
`;

/** Files that parts of the cluster are given beside their options. */
export const clusterConfigurationChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    id: 'kubernetes-encryption-provider',
    title: 'Secrets are stored as they are, or encrypted weakly',
    severity: 'medium',
    rationale:
      'New secrets are written with the first provider. A copy of the database shows what that did not protect.',
    remediation: 'Put kms, secretbox or aescbc first among the providers for secrets.',
    controls: ['SC-12', 'SC-13', 'SC-28(1)'],
    kinds: ['EncryptionConfiguration'],
    references: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    examples: {
      fail: [encryption('      - identity: {}'), encryption('      - aesgcm: {keys: []}')],
      pass: [encryption('      - kms: {apiVersion: v2, name: vault, endpoint: "unix:///run/kms.sock"}')],
    },
    *find({ value }) {
      for (const [index, resource] of listAt(value, 'resources').entries()) {
        if (!textsAt(resource, 'resources').some((name) => SECRETS.has(name))) continue;
        const [first] = listAt(resource, 'providers');
        const [provider] = Object.keys(membersAt(first));
        if (provider !== undefined && PROVIDERS.has(provider)) continue;
        const message = `the first provider for secrets is ${provider?.slice(0, 100) ?? 'missing'}`;
        yield { path: ['resources', index, 'providers'], message };
      }
    },
  }),
  objectCheck({
    id: 'kubernetes-proxy-metrics',
    title: 'The network proxy shows its metrics to the network',
    severity: 'low',
    rationale: 'They tell of the services of the cluster, and the same port changes the level of its logs.',
    remediation: 'Remove metricsBindAddress, which leaves the loopback address, or set 127.0.0.1:10249.',
    controls: ['CM-7', 'SC-7'],
    kinds: ['KubeProxyConfiguration'],
    references: ['https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/'],
    examples: { fail: [proxy('0.0.0.0:10249')], pass: [proxy('127.0.0.1:10249'), proxy('""')] },
    *find({ value }) {
      const address = textAt(value, 'metricsBindAddress') ?? '';
      if (address === '' || LOOPBACK.test(address)) return;
      yield { path: ['metricsBindAddress'], message: `metricsBindAddress is ${address.slice(0, 100)}` };
    },
  }),
];
