import { exact, section } from '../clauses.ts';

export const controlPlane = [
  ...section('1.3 Controller manager', [
    {
      id: '1.3.1',
      title: 'Pods that have ended are removed',
      text: 'The option `--terminated-pod-gc-threshold` is set to what the nodes can bear.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-POD-COLLECTION'),
    },
    {
      id: '1.3.2',
      title: 'The controller manager shows no profile',
      text: 'The controller manager runs with `--profiling=false`.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-PROFILING'),
    },
    {
      id: '1.3.3',
      title: 'Each controller has an account of its own',
      text: 'The option `--use-service-account-credentials` is true, so that no controller has the rights of all.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-CREDENTIALS'),
    },
    {
      id: '1.3.4',
      title: 'Tokens of service accounts are signed with a key of their own',
      text: 'The option `--service-account-private-key-file` is set.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-KEY'),
    },
    {
      id: '1.3.5',
      title: 'Pods are given the authority of the API server',
      text: 'The option `--root-ca-file` is set, so that programs in pods can check whom they talk to.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-ROOT-AUTHORITY'),
    },
    {
      id: '1.3.6',
      title: 'Certificates of kubelets as servers are renewed',
      text: 'The feature RotateKubeletServerCertificate is not switched off.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-KUBELET-CERTIFICATES'),
    },
    {
      id: '1.3.7',
      title: 'The controller manager listens on the loopback address',
      text: 'The option `--bind-address` is 127.0.0.1.',
      mappings: exact('PLM-CONTROL-PLANE-CONTROLLERS-ADDRESS'),
    },
  ]),
  ...section('1.4 Scheduler', [
    {
      id: '1.4.1',
      title: 'The scheduler shows no profile',
      text: 'The scheduler runs with `--profiling=false`.',
      mappings: exact('PLM-CONTROL-PLANE-SCHEDULER-PROFILING'),
    },
    {
      id: '1.4.2',
      title: 'The scheduler listens on the loopback address',
      text: 'The option `--bind-address` is 127.0.0.1.',
      mappings: exact('PLM-CONTROL-PLANE-SCHEDULER-ADDRESS'),
    },
  ]),
  ...section('2 etcd', [
    {
      id: '2.1',
      title: 'etcd talks to clients with encryption',
      text: 'Both `--cert-file` and `--key-file` are set.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-TLS'),
    },
    {
      id: '2.2',
      title: 'etcd answers only clients with a certificate',
      text: 'The option `--client-cert-auth` is true.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-CLIENT-CERTIFICATES'),
    },
    {
      id: '2.3',
      title: 'etcd makes no certificate for itself',
      text: 'The option `--auto-tls` is not true: nobody can check a certificate that its holder made.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-AUTO-TLS'),
    },
    {
      id: '2.4',
      title: 'Members of etcd talk with encryption',
      text: 'Both `--peer-cert-file` and `--peer-key-file` are set.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-PEER-TLS'),
    },
    {
      id: '2.5',
      title: 'Only members with a certificate join etcd',
      text: 'The option `--peer-client-cert-auth` is true.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-PEER-CERTIFICATES'),
    },
    {
      id: '2.6',
      title: 'Members of etcd make no certificates for themselves',
      text: 'The option `--peer-auto-tls` is not true.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-PEER-AUTO-TLS'),
    },
    {
      id: '2.7',
      title: 'etcd has an authority of its own',
      text: 'The authority that etcd trusts is not the one that signs certificates of the cluster: otherwise each of those is a key to the database.',
      mappings: exact('PLM-CONTROL-PLANE-ETCD-AUTHORITY'),
    },
  ]),
  ...section('3.1 Authentication and authorization', [
    {
      id: '3.1.1',
      title: 'People do not sign in with certificates',
      text: 'Users come through an identity provider: a client certificate cannot be withdrawn before it ends.',
      mappings: exact('PLM-ACCESS-USER-CERTIFICATES'),
    },
    {
      id: '3.1.2',
      title: 'People do not sign in with tokens of service accounts',
      text: 'Service accounts are for programs: who uses their tokens has no name in the audit log.',
      mappings: exact('PLM-ACCESS-USER-SERVICE-ACCOUNTS'),
    },
    {
      id: '3.1.3',
      title: 'People do not sign in with bootstrap tokens',
      text: 'Bootstrap tokens are for nodes that join and for nothing else.',
      mappings: exact('PLM-ACCESS-USER-BOOTSTRAP-TOKENS'),
    },
  ]),
  ...section('3.2 Logging', [
    {
      id: '3.2.1',
      title: 'There is an audit policy',
      text: 'The API server has a policy (`--audit-policy-file`) that says which requests are recorded.',
      mappings: exact('PLM-CONTROL-PLANE-AUDIT-POLICY'),
    },
    {
      id: '3.2.2',
      title: 'The audit policy covers what matters',
      text: 'The policy records at least the metadata of requests for secrets, config maps and tokens, of changes to pods and deployments, and of exec, port-forward and proxy.',
      mappings: exact('PLM-CONTROL-PLANE-AUDIT-COVERAGE'),
    },
  ]),
];
