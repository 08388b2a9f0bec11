import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redClauses } from '../../../../test/kit/requirements.ts';
import { cisKubernetes } from './index.ts';

/** Settings of a kubelet that no clause finds fault with. */
const sound = {
  authentication: { anonymous: { enabled: false }, x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } },
  authorization: { mode: 'Webhook' },
  readOnlyPort: 0,
  streamingConnectionIdleTimeout: '5m',
  makeIPTablesUtilChains: true,
  eventRecordQPS: 5,
  serverTLSBootstrap: true,
  rotateCertificates: true,
  tlsCipherSuites: ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
  seccompDefault: true,
  podPidsLimit: 4096,
};

/** Settings that make this clause and no other red. */
const changed: readonly (readonly [clause: string, settings: object])[] = [
  ['4.2.1', { authentication: { ...sound.authentication, anonymous: { enabled: true } } }],
  ['4.2.2', { authorization: { mode: 'AlwaysAllow' } }],
  ['4.2.3', { authentication: { anonymous: { enabled: false } } }],
  ['4.2.4', { readOnlyPort: 10_255 }],
  ['4.2.5', { streamingConnectionIdleTimeout: '0s' }],
  ['4.2.6', { makeIPTablesUtilChains: false }],
  ['4.2.8', { eventRecordQPS: 1 }],
  ['4.2.9', { serverTLSBootstrap: false }],
  ['4.2.10', { rotateCertificates: false }],
  ['4.2.11', { featureGates: { RotateKubeletServerCertificate: false } }],
  ['4.2.12', { tlsCipherSuites: ['TLS_RSA_WITH_AES_128_CBC_SHA'] }],
  ['4.2.13', { podPidsLimit: -1 }],
  ['4.2.14', { seccompDefault: false }],
];

describe('clauses about nodes', () => {
  test('a sound kubelet makes none of them red', () => {
    assert.deepEqual(red({}), []);
  });

  for (const [clause, settings] of changed)
    test(`${clause}: ${JSON.stringify(settings)}`, () => {
      assert.deepEqual(red(settings), [clause]);
    });

  test('4.2.9: a certificate from a file serves as well as one that the cluster signs', () => {
    const files = { tlsCertFile: '/pki/kubelet.crt', tlsPrivateKeyFile: '/pki/kubelet.key' };
    assert.deepEqual(red({ serverTLSBootstrap: false, ...files }), []);
  });

  test('4.3.1: metrics of the network proxy', () => {
    const proxy = (address: string) =>
      `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmetricsBindAddress: ${address}\n`;
    assert.deepEqual(redClauses(cisKubernetes, { 'proxy.yaml': proxy('0.0.0.0:10249') }), ['4.3.1']);
    assert.deepEqual(redClauses(cisKubernetes, { 'proxy.yaml': proxy('127.0.0.1:10249') }), []);
  });
});

function red(settings: object): string[] {
  const file = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...sound, ...settings };
  return redClauses(cisKubernetes, { 'kubelet.yaml': JSON.stringify(file) });
}
