import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redClauses } from '../../../../test/kit/requirements.ts';
import { cisKubernetes } from './index.ts';

type Options = Readonly<Record<string, string | undefined>>;

/** Options of components that no clause finds fault with. */
const sound = {
  'kube-apiserver': {
    'anonymous-auth': 'false',
    'kubelet-client-certificate': '/pki/kubelet-client.crt',
    'kubelet-client-key': '/pki/kubelet-client.key',
    'kubelet-certificate-authority': '/pki/ca.crt',
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction,AlwaysPullImages,EventRateLimit,DenyServiceExternalIPs',
    profiling: 'false',
    'audit-log-path': '/var/log/audit.log',
    'audit-policy-file': '/etc/kubernetes/audit.yaml',
    'audit-log-maxage': '30',
    'audit-log-maxbackup': '10',
    'audit-log-maxsize': '100',
    'service-account-key-file': '/pki/sa.pub',
    'service-account-extend-token-expiration': 'false',
    'etcd-certfile': '/pki/etcd-client.crt',
    'etcd-keyfile': '/pki/etcd-client.key',
    'etcd-cafile': '/pki/etcd-ca.crt',
    'tls-cert-file': '/pki/apiserver.crt',
    'tls-private-key-file': '/pki/apiserver.key',
    'tls-cipher-suites': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    'client-ca-file': '/pki/ca.crt',
    'encryption-provider-config': '/etc/kubernetes/encryption.yaml',
  },
  'kube-controller-manager': {
    'terminated-pod-gc-threshold': '100',
    profiling: 'false',
    'use-service-account-credentials': 'true',
    'service-account-private-key-file': '/pki/sa.key',
    'root-ca-file': '/pki/ca.crt',
    'bind-address': '127.0.0.1',
  },
  'kube-scheduler': { profiling: 'false', 'bind-address': '127.0.0.1' },
  etcd: {
    'cert-file': '/pki/server.crt',
    'key-file': '/pki/server.key',
    'client-cert-auth': 'true',
    'trusted-ca-file': '/pki/etcd-ca.crt',
    'peer-cert-file': '/pki/peer.crt',
    'peer-key-file': '/pki/peer.key',
    'peer-client-cert-auth': 'true',
    'peer-trusted-ca-file': '/pki/etcd-ca.crt',
  },
} as const satisfies Record<string, Options>;

type Component = keyof typeof sound;

/** One option changed, or taken away, makes this clause and no other red. */
const changed: readonly (readonly [clause: string, Component, option: string, value?: string])[] = [
  ['1.2.1', 'kube-apiserver', 'anonymous-auth'],
  ['1.2.2', 'kube-apiserver', 'token-auth-file', '/etc/kubernetes/tokens.csv'],
  ['1.2.3', 'kube-apiserver', 'enable-admission-plugins', 'NodeRestriction,AlwaysPullImages,EventRateLimit'],
  ['1.2.4', 'kube-apiserver', 'kubelet-client-certificate'],
  ['1.2.4', 'kube-apiserver', 'kubelet-client-key'],
  ['1.2.5', 'kube-apiserver', 'kubelet-certificate-authority'],
  ['1.2.6', 'kube-apiserver', 'authorization-mode', 'Node,RBAC,AlwaysAllow'],
  ['1.2.7', 'kube-apiserver', 'authorization-mode', 'RBAC'],
  ['1.2.8', 'kube-apiserver', 'authorization-mode', 'Node,Webhook'],
  ['1.2.9', 'kube-apiserver', 'enable-admission-plugins', 'NodeRestriction,AlwaysPullImages,DenyServiceExternalIPs'],
  [
    '1.2.10',
    'kube-apiserver',
    'enable-admission-plugins',
    'NodeRestriction,AlwaysPullImages,EventRateLimit,DenyServiceExternalIPs,AlwaysAdmit',
  ],
  ['1.2.11', 'kube-apiserver', 'enable-admission-plugins', 'NodeRestriction,EventRateLimit,DenyServiceExternalIPs'],
  ['1.2.12', 'kube-apiserver', 'disable-admission-plugins', 'ServiceAccount'],
  ['1.2.13', 'kube-apiserver', 'disable-admission-plugins', 'NamespaceLifecycle'],
  ['1.2.14', 'kube-apiserver', 'enable-admission-plugins', 'AlwaysPullImages,EventRateLimit,DenyServiceExternalIPs'],
  ['1.2.15', 'kube-apiserver', 'profiling', 'true'],
  ['1.2.16', 'kube-apiserver', 'audit-log-path'],
  ['1.2.17', 'kube-apiserver', 'audit-log-maxage', '7'],
  ['1.2.18', 'kube-apiserver', 'audit-log-maxbackup', '2'],
  ['1.2.19', 'kube-apiserver', 'audit-log-maxsize', '10'],
  ['1.2.20', 'kube-apiserver', 'request-timeout', '1h0m0s'],
  ['1.2.21', 'kube-apiserver', 'service-account-lookup', 'false'],
  ['1.2.22', 'kube-apiserver', 'service-account-key-file'],
  ['1.2.23', 'kube-apiserver', 'etcd-certfile'],
  ['1.2.23', 'kube-apiserver', 'etcd-keyfile'],
  ['1.2.24', 'kube-apiserver', 'tls-cert-file'],
  ['1.2.24', 'kube-apiserver', 'tls-private-key-file'],
  ['1.2.25', 'kube-apiserver', 'client-ca-file'],
  ['1.2.26', 'kube-apiserver', 'etcd-cafile'],
  ['1.2.27', 'kube-apiserver', 'encryption-provider-config'],
  ['1.2.29', 'kube-apiserver', 'tls-cipher-suites', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['1.2.30', 'kube-apiserver', 'service-account-extend-token-expiration'],
  ['3.2.1', 'kube-apiserver', 'audit-policy-file'],
  ['1.3.1', 'kube-controller-manager', 'terminated-pod-gc-threshold'],
  ['1.3.2', 'kube-controller-manager', 'profiling'],
  ['1.3.3', 'kube-controller-manager', 'use-service-account-credentials', 'false'],
  ['1.3.4', 'kube-controller-manager', 'service-account-private-key-file'],
  ['1.3.5', 'kube-controller-manager', 'root-ca-file'],
  ['1.3.6', 'kube-controller-manager', 'feature-gates', 'RotateKubeletServerCertificate=false'],
  ['1.3.7', 'kube-controller-manager', 'bind-address', '0.0.0.0'],
  ['1.4.1', 'kube-scheduler', 'profiling'],
  ['1.4.2', 'kube-scheduler', 'bind-address', '0.0.0.0'],
  ['2.1', 'etcd', 'cert-file'],
  ['2.1', 'etcd', 'key-file'],
  ['2.2', 'etcd', 'client-cert-auth', 'false'],
  ['2.3', 'etcd', 'auto-tls', 'true'],
  ['2.4', 'etcd', 'peer-cert-file'],
  ['2.4', 'etcd', 'peer-key-file'],
  ['2.5', 'etcd', 'peer-client-cert-auth'],
  ['2.6', 'etcd', 'peer-auto-tls', 'true'],
];

describe('clauses about the control plane', () => {
  test('a sound control plane makes none of them red', () => {
    assert.deepEqual(red(), []);
  });

  for (const [clause, component, option, value] of changed)
    test(`${clause}: ${component} with --${option} ${value ?? 'taken away'}`, () => {
      assert.deepEqual(red(component, { [option]: value }), [clause]);
    });

  test('1.2.28: the first provider for secrets', () => {
    const configuration = (...providers: readonly string[]) =>
      JSON.stringify({
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'EncryptionConfiguration',
        resources: [{ resources: ['secrets'], providers: providers.map((provider) => ({ [provider]: {} })) }],
      });
    const redBy = (text: string) => redClauses(cisKubernetes, { 'encryption.yaml': text });
    assert.deepEqual(redBy(configuration('identity', 'secretbox')), ['1.2.28']);
    assert.deepEqual(redBy(configuration('secretbox', 'identity')), []);
  });
});

/** Of the sections about the control plane. */
function red(component?: Component, changes: Options = {}): string[] {
  const files = Object.entries(sound).map(([name, options]): [string, string] => {
    return [`${name}.yaml`, staticPod(name, name === component ? { ...options, ...changes } : options)];
  });
  return redClauses(cisKubernetes, Object.fromEntries(files)).filter((clause) => !clause.startsWith('5.'));
}

function staticPod(name: string, options: Options): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      hostNetwork: true,
      containers: [
        {
          name,
          image: `registry.k8s.io/${name}:v1.34.1`,
          command: [name, ...given.map(([option, value]) => `--${option}=${value}`)],
        },
      ],
    },
  });
}
