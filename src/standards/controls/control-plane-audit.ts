import type { Control } from '../control.ts';
import { checks, outside } from './evidence.ts';
import { component, kubernetes } from './proof.ts';

const encryption = (providers: string) => `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers: ${providers}
`;

export const controlPlaneAuditControls: readonly Control[] = [
  {
    id: 'PLM-CONTROL-PLANE-ENCRYPTION-AT-REST',
    family: 'control-plane',
    title: 'Secrets are stored encrypted',
    anchors: ['SC-28', 'SC-28(1)'],
    why: 'Secrets are written to the database as they are, unless encryption is configured.',
    attack: 'A stolen disk or backup of etcd gives all secrets of the cluster.',
    remedy: 'Set `--encryption-provider-config`.',
    evidence: [checks('kubernetes-apiserver-encryption')],
    proofs: [
      component('kube-apiserver', '--profiling=false', '--encryption-provider-config=/etc/kubernetes/at-rest.yaml'),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-ENCRYPTION-PROVIDER',
    family: 'control-plane',
    title: 'Secrets are stored with a strong cipher, and the key lies elsewhere',
    anchors: ['SC-12', 'SC-13', 'SC-28(1)'],
    why: 'A weak provider, or `identity` in the first place, is no encryption; a key beside the data protects little.',
    attack: 'With the disk of the control plane the attacker has key and data.',
    remedy: 'Put a KMS provider first, or secretbox with a key that does not lie beside the data.',
    evidence: [checks('kubernetes-encryption-provider'), outside('host', 'Where the keys of the encryption lie.')],
    proofs: [
      kubernetes(
        encryption('[{identity: {}}, {secretbox: {keys: []}}]'),
        encryption('[{secretbox: {keys: []}}, {identity: {}}]'),
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-LOG',
    family: 'control-plane',
    title: 'The interface server writes an audit log',
    anchors: ['AU-2', 'AU-12'],
    why: 'The audit log is the only record of who did what in the cluster.',
    attack: 'An intruder reads secrets and adds rights, and nobody can find out.',
    remedy: 'Set `--audit-log-path` or an audit webhook.',
    evidence: [checks('kubernetes-apiserver-audit-log')],
    proofs: [component('kube-apiserver', '--profiling=false', '--audit-log-path=/var/log/audit/kube.log')],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-POLICY',
    family: 'control-plane',
    title: 'It is decided what the audit log records',
    anchors: ['AU-2', 'AU-12'],
    why: "Without a policy nothing is recorded, whatever the log's path.",
    attack: 'What an attacker does leaves no trace.',
    remedy: 'Set `--audit-policy-file`.',
    evidence: [checks('kubernetes-apiserver-audit-policy')],
    proofs: [
      component('kube-apiserver', '--profiling=false', '--audit-policy-file=/etc/kubernetes/what-to-audit.yaml'),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-COVERAGE',
    family: 'control-plane',
    title: 'The audit policy covers what matters for security',
    anchors: ['AU-2', 'AU-3', 'AU-12'],
    why: 'A policy can leave out what matters or write down secrets.',
    attack: 'Reading of secrets, exec and changes of rights go unrecorded.',
    remedy: 'Record at least the metadata of secrets, tokens, exec, port-forward and changes of rights.',
    evidence: [outside('host', 'Rules of the audit policy: secrets, token requests, exec and changes of rights.')],
    proofs: [],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-AGE',
    family: 'control-plane',
    title: 'Audit logs are kept for 30 days or more',
    anchors: ['AU-11'],
    why: 'Intrusions are noticed after weeks.',
    attack: 'By the time somebody looks, the record is gone.',
    remedy: 'Set `--audit-log-maxage=30` or more, and send logs on.',
    evidence: [checks('kubernetes-apiserver-audit-age')],
    proofs: [component('kube-apiserver', '--audit-log-maxage=14', '--audit-log-maxage=90')],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-BACKUPS',
    family: 'control-plane',
    title: 'At least ten audit logs are kept',
    anchors: ['AU-4', 'AU-11'],
    why: 'Logs are rotated, and only so many are kept.',
    attack: 'An attacker makes noise until the record of the attack is rotated away.',
    remedy: 'Set `--audit-log-maxbackup=10` or more.',
    evidence: [checks('kubernetes-apiserver-audit-backups')],
    proofs: [component('kube-apiserver', '--audit-log-maxbackup=4', '--audit-log-maxbackup=20')],
  },
  {
    id: 'PLM-CONTROL-PLANE-AUDIT-SIZE',
    family: 'control-plane',
    title: 'Audit logs may grow to 100 megabytes or more',
    anchors: ['AU-4'],
    why: 'Small logs rotate quickly and lose what is old.',
    attack: 'A short flood of requests pushes the record out.',
    remedy: 'Set `--audit-log-maxsize=100` or more.',
    evidence: [checks('kubernetes-apiserver-audit-size')],
    proofs: [component('kube-apiserver', '--audit-log-maxsize=25', '--audit-log-maxsize=200')],
  },
];
