import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessCompliance, type RequirementState } from '#compliance/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import { reportOf } from '../kit/proofs.ts';

/** Crosswalks are easily off by one: rows of published ones lead to the neighbour of what the clause is about, or to nothing at all. */
interface Mistake {
  readonly about: string;
  readonly framework: string;
  readonly clause: string;
  /** What the clause forbids. */
  readonly meant: string;
  /** What a wrong row would have judged in its place. */
  readonly neighbour: string;
}

type Options = Readonly<Record<string, string | undefined>>;

/** What the clauses ask of the components, so that only what a case leaves out is wrong. */
const serverOptions: Options = {
  '--authorization-mode': 'Node,RBAC',
  '--encryption-provider-config': '/etc/kubernetes/at-rest.yaml',
  '--etcd-cafile': '/pki/etcd/ca.crt',
  '--etcd-certfile': '/pki/to-etcd.crt',
  '--etcd-keyfile': '/pki/to-etcd.key',
};
const etcdOptions: Options = {
  '--cert-file': '/pki/server.crt',
  '--key-file': '/pki/server.key',
  '--client-cert-auth': 'true',
  '--peer-cert-file': '/pki/member.crt',
  '--peer-key-file': '/pki/member.key',
};

const mistakes: readonly Mistake[] = [
  {
    about: 'the process namespace of the host is not its IPC namespace',
    framework: 'nsa-kubernetes',
    clause: '1.9',
    meant: pod('hostPID: true'),
    neighbour: pod('hostIPC: true'),
  },
  {
    about: 'the IPC namespace of the host is not its network',
    framework: 'nsa-kubernetes',
    clause: '1.10',
    meant: pod('hostIPC: true'),
    neighbour: pod('hostNetwork: true'),
  },
  {
    about: 'the network of the host is not its process namespace',
    framework: 'nsa-kubernetes',
    clause: '1.11',
    meant: pod('hostNetwork: true'),
    neighbour: pod('hostPID: true'),
  },
  {
    about: 'the group of root is looked at, not left to a check that does not exist',
    framework: 'nsa-kubernetes',
    clause: '1.1',
    meant: pod('securityContext: {runAsNonRoot: true, runAsUser: 10042, runAsGroup: 0}'),
    neighbour: pod('securityContext: {runAsNonRoot: true, runAsUser: 10042, runAsGroup: 10042}'),
  },
  {
    about: 'SELinux is not AppArmor',
    framework: 'nsa-kubernetes',
    clause: '1.14',
    meant: pod('securityContext: {seLinuxOptions: {type: spc_t}}'),
    neighbour: pod('securityContext: {appArmorProfile: {type: Unconfined}}'),
  },
  {
    about: 'AppArmor is not seccomp',
    framework: 'nsa-kubernetes',
    clause: '1.15',
    meant: pod('securityContext: {appArmorProfile: {type: Unconfined}}'),
    neighbour: pod('securityContext: {seccompProfile: {type: Unconfined}}'),
  },
  {
    about: 'TLS of the database is not encryption of what it stores',
    framework: 'nsa-kubernetes',
    clause: '2.10',
    meant: component('etcd', { ...etcdOptions, '--cert-file': undefined }),
    neighbour: component('kube-apiserver', { ...serverOptions, '--encryption-provider-config': undefined }),
  },
  {
    about: 'encryption of what is stored is not the certificate of the database',
    framework: 'nsa-kubernetes',
    clause: '2.14',
    meant: component('kube-apiserver', { ...serverOptions, '--encryption-provider-config': undefined }),
    neighbour: component('kube-apiserver', { ...serverOptions, '--etcd-cafile': undefined }),
  },
  {
    about: 'RBAC is not the authorizer of nodes',
    framework: 'nsa-kubernetes',
    clause: '3.3',
    meant: component('kube-apiserver', { ...serverOptions, '--authorization-mode': 'Node,Webhook' }),
    neighbour: component('kube-apiserver', { ...serverOptions, '--authorization-mode': 'RBAC' }),
  },
  ...['hostNetwork', 'hostPID', 'hostIPC'].map((namespace) => ({
    about: `host namespaces are all three: ${namespace}`,
    framework: 'pod-security-standards',
    clause: 'baseline-host-namespaces',
    meant: pod(`${namespace}: true`),
    neighbour: pod('hostUsers: false'),
  })),
];

function pod(line: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: invoices, namespace: billing}
spec:
  ${line}
  containers:
    - name: invoices
      image: registry.example.net/billing/invoices:2.7.1
`;
}

function component(name: string, options: Options): string {
  const given = Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : `${option}=${value}`));
  return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: kube-system}
spec:
  containers:
    - name: ${name}
      image: registry.k8s.io/${name}:v1.34.1
      command: ${JSON.stringify([name, ...given])}
`;
}

describe('mistakes of other crosswalks are not made here', () => {
  for (const { about, framework, clause, meant, neighbour } of mistakes)
    test(about, async () => {
      assert.equal(await stateOf(framework, clause, meant), 'fail', 'what it is about turns it red');
      assert.notEqual(await stateOf(framework, clause, neighbour), 'fail', 'what is beside it does not');
    });

  test('the provider of encryption is looked at on the host, and no certificate of a kubelet answers for it', async () => {
    const server = component('kube-apiserver', serverOptions);
    assert.equal(await stateOf('nsa-kubernetes', '2.15', server), 'not-assessed');
  });
});

async function stateOf(framework: string, clause: string, manifest: string): Promise<RequirementState | undefined> {
  const report = await reportOf({ subject: 'kubernetes', violates: manifest, satisfies: '' }, 'violates');
  const wanted = frameworks.filter(({ id }) => id === framework);
  const result = assessCompliance(wanted, controls, { reports: [report], attestations: [], now: '2026-11-24' });
  return result.frameworks[0]?.requirements.find((one) => one.clause === clause)?.state;
}
