import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SavedFinding } from '#scan/index.ts';
import { requirementsOf } from '../../../test/kit/requirements.ts';
import type { Framework } from '../framework.ts';
import { cisKubernetes } from './cis-kubernetes/index.ts';
import { hipaaSecurity } from './hipaa-security/index.ts';
import { iso27001 } from './iso-27001/index.ts';
import { pciDss } from './pci-dss/index.ts';
import { soc2 } from './soc-2/index.ts';

/** What was looked at: manifests, and what was found besides. */
interface Seen {
  readonly manifests?: string;
  readonly found?: SavedFinding;
}

/** Where published mappings judge a clause by something else than what it asks for. */
interface Case {
  readonly framework: Framework;
  readonly clause: string;
  readonly about: string;
  /** Violates the clause. */
  readonly red: readonly Seen[];
  /** What other mappings judge it by; says nothing about it. */
  readonly notRed: readonly Seen[];
}

const pod = (container: string, spec = '', name = 'web') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: web}}
spec:
  automountServiceAccountToken: false
  serviceAccountName: web
  ${spec}
  containers:
    - name: web
      image: registry.example.net/shop/web:2.7.1
      ${container}
`;
const role = (rule: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: keeper}
rules:
  - ${rule}
`;
const granted = (rule: string) => `${role(rule)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: keepers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: keeper}
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: keepers}
`;
const inNamespace = (rule: string) => `${role(rule)}---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: keepers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: keeper}
subjects:
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: keepers}
`;
const bound = (name: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name}}
subjects:
  - {kind: User, apiGroup: rbac.authorization.k8s.io, name: ada}
`;
const namespace = (labels = '') => `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop${labels}}}
`;
const denyAll = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
`;
const apiServer = (...options: readonly string[]) => `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command: [${['kube-apiserver', ...options].map((option) => `"${option}"`).join(', ')}]
`;
const plainIngress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  rules:
    - host: shop.example.net
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;
const open = pod('ports: [{containerPort: 8080}]');
const shares = (what: string) => pod('ports: [{containerPort: 8080}]', `${what}: true`);
const escalates = pod('securityContext: {allowPrivilegeEscalation: true}');
const all = 'verbs: ["*"]';

const critical: SavedFinding = { kind: 'vulnerability', id: 'CVE-2026-0001', severity: 'critical' };
const low: SavedFinding = { kind: 'vulnerability', id: 'CVE-2026-0002', severity: 'low' };
const password: SavedFinding = { kind: 'secret', id: 'database-password', severity: 'high' };
const malware: SavedFinding = { kind: 'malware', id: 'web-shell', severity: 'critical' };

const yaml = (manifests: string): Seen => ({ manifests });
const found = (finding: SavedFinding): Seen => ({ found: finding });

const cases: readonly Case[] = [
  {
    framework: cisKubernetes,
    clause: '5.1.3',
    about: 'asterisks in roles, and not only the right to do everything',
    red: [
      yaml(granted(`{apiGroups: [""], resources: [configmaps], ${all}}`)),
      yaml(granted(`{apiGroups: ["*"], resources: ["*", secrets], ${all}}`)),
    ],
    notRed: [yaml(granted('{apiGroups: [""], resources: [configmaps], verbs: [get]}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.1.2',
    about: 'who may read secrets, those too who may do everything',
    red: [
      yaml(granted('{apiGroups: [""], resources: [secrets], verbs: [list]}')),
      yaml(granted(`{apiGroups: ["*"], resources: ["*"], ${all}}`)),
    ],
    notRed: [yaml(bound('view'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.1.9',
    about: 'persistent volumes, which are of the whole cluster: a binding in a namespace gives no right on them',
    red: [yaml(granted('{apiGroups: [""], resources: [persistentvolumes], verbs: [create]}'))],
    notRed: [yaml(inNamespace('{apiGroups: [""], resources: [persistentvolumes], verbs: [create]}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.1.10',
    about: 'nodes, which are of the whole cluster',
    red: [yaml(granted('{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}'))],
    notRed: [yaml(inNamespace('{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.1.8',
    about: 'bind and escalate as well as impersonate',
    red: ['bind', 'escalate'].map((verb) =>
      yaml(granted(`{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [${verb}]}`)),
    ),
    notRed: [yaml(granted('{apiGroups: [""], resources: [secrets], verbs: [get]}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.3',
    about: 'processes of the host',
    red: [yaml(shares('hostPID'))],
    notRed: [yaml(shares('hostIPC')), yaml(shares('hostNetwork'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.4',
    about: 'memory of the host',
    red: [yaml(shares('hostIPC'))],
    notRed: [yaml(shares('hostPID')), yaml(shares('hostNetwork'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.5',
    about: 'the network of the host',
    red: [yaml(shares('hostNetwork'))],
    notRed: [yaml(shares('hostPID')), yaml(shares('hostIPC'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.8',
    about: 'NET_RAW, which containers have unless they drop it, under the baseline standard too',
    red: [yaml(`${namespace(', pod-security.kubernetes.io/enforce: baseline')}---\n${open}`)],
    notRed: [yaml(pod('securityContext: {capabilities: {drop: [ALL]}}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.10',
    about: 'Windows pods that run as the host, and not capabilities',
    red: [yaml(pod('securityContext: {windowsOptions: {hostProcess: true}}'))],
    notRed: [yaml(open)],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.11',
    about: 'paths of the host, and not Windows',
    red: [
      yaml(pod('volumeMounts: [{name: data, mountPath: /data}]', 'volumes: [{name: data, hostPath: {path: /srv}}]')),
    ],
    notRed: [yaml(pod('securityContext: {windowsOptions: {hostProcess: true}}'))],
  },
  {
    framework: cisKubernetes,
    clause: '5.2.12',
    about: 'ports of the host, and not its paths',
    red: [yaml(pod('ports: [{containerPort: 8080, hostPort: 8080}]'))],
    notRed: [
      yaml(pod('volumeMounts: [{name: data, mountPath: /data}]', 'volumes: [{name: data, hostPath: {path: /srv}}]')),
    ],
  },
  {
    framework: cisKubernetes,
    clause: '5.3.2',
    about: 'namespaces without a network policy, and not how a policy selects pods',
    red: [yaml(namespace())],
    notRed: [yaml(`${namespace()}---\n${denyAll}`)],
  },
  {
    framework: hipaaSecurity,
    clause: '164.308(a)(4)(ii)(B)',
    about: 'how access is given, and not network policies',
    red: [yaml(granted(`{apiGroups: [""], resources: [secrets], ${all}}`)), yaml(bound('cluster-admin'))],
    notRed: [yaml(open), yaml(namespace())],
  },
  {
    framework: hipaaSecurity,
    clause: '164.308(a)(5)(ii)(B)',
    about: 'malicious software',
    red: [found(malware)],
    notRed: [found(critical), yaml(open)],
  },
  {
    framework: hipaaSecurity,
    clause: '164.310(a)(1)',
    about: 'buildings: neither vulnerabilities nor network policies tell of them',
    red: [],
    notRed: [found(critical), yaml(open), yaml(namespace())],
  },
  {
    framework: hipaaSecurity,
    clause: '164.310(d)(1)',
    about: 'devices and media that are carried, and not who signs in',
    red: [],
    notRed: [yaml(apiServer('--anonymous-auth=true')), yaml(open)],
  },
  {
    framework: hipaaSecurity,
    clause: '164.312(e)(1)',
    about: 'what travels in plain text, and not network policies',
    red: [yaml(plainIngress)],
    notRed: [yaml(open), yaml(bound('cluster-admin'))],
  },
  {
    framework: hipaaSecurity,
    clause: '164.316(b)(2)(iii)',
    about: 'documents: no scanner of images tells of them',
    red: [],
    notRed: [found(critical)],
  },
  {
    framework: iso27001,
    clause: 'A.8.13',
    about: 'backups: how many old audit logs are kept says nothing of them',
    red: [],
    notRed: [yaml(apiServer('--audit-log-path=/var/log/audit.log', '--audit-log-maxbackup=1'))],
  },
  {
    framework: iso27001,
    clause: 'A.8.14',
    about: 'spares, and neither privileges nor idle connections',
    red: [
      yaml(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.net/shop/web:2.7.1}]}
`),
    ],
    notRed: [yaml(escalates)],
  },
  {
    framework: iso27001,
    clause: 'A.8.22',
    about: 'networks that are kept apart, and not certificates of the API server',
    red: [yaml(namespace())],
    notRed: [yaml(apiServer('--profiling=true'))],
  },
  {
    framework: iso27001,
    clause: 'A.8.28',
    about: 'how code is written, which belongs to the 93 as well',
    red: [found(password)],
    notRed: [found(critical)],
  },
  {
    framework: iso27001,
    clause: 'A.8.8',
    about: 'vulnerabilities',
    red: [found(critical)],
    notRed: [found(low), yaml(escalates)],
  },
  {
    framework: pciDss,
    clause: '1.3.1',
    about: 'what may reach pods, and not rights on volumes',
    red: [yaml(namespace()), yaml(open)],
    notRed: [yaml(granted('{apiGroups: [""], resources: [persistentvolumes], verbs: [create]}'))],
  },
  {
    framework: pciDss,
    clause: '6.3.3',
    about: 'patches for critical vulnerabilities, and not the right to make pods',
    red: [found(critical)],
    notRed: [found(low), yaml(granted('{apiGroups: [""], resources: [pods], verbs: [create]}'))],
  },
  {
    framework: pciDss,
    clause: '8.3.6',
    about: 'the length of passwords: rights on secrets say nothing of it',
    red: [],
    notRed: [yaml(granted('{apiGroups: [""], resources: [secrets], verbs: [get]}'))],
  },
  {
    framework: pciDss,
    clause: '8.4.1',
    about: 'several factors: that rights are given by roles is not one of them',
    red: [],
    notRed: [yaml(apiServer('--authorization-mode=Node'))],
  },
  {
    framework: pciDss,
    clause: '8.6.2',
    about: 'passwords in files',
    red: [found(password)],
    notRed: [yaml(open)],
  },
  {
    framework: pciDss,
    clause: '10.2.1',
    about: 'audit logs, and not the network of the host',
    red: [yaml(apiServer('--profiling=false'))],
    notRed: [yaml(shares('hostNetwork'))],
  },
  {
    framework: soc2,
    clause: 'CC6.6',
    about: 'what can be reached from outside',
    red: [yaml(open)],
    notRed: [yaml(bound('cluster-admin'))],
  },
];

describe('clauses that published mappings judge by something else', () => {
  for (const { framework, clause, about, red, notRed } of cases)
    describe(`${framework.id} ${clause} is about ${about}`, () => {
      for (const [index, seen] of red.entries())
        test(`violated (${index + 1})`, () => {
          assert.equal(stateOf(framework, clause, seen), 'fail');
        });
      for (const [index, seen] of notRed.entries())
        test(`not touched (${index + 1})`, () => {
          assert.notEqual(stateOf(framework, clause, seen), 'fail');
        });
    });
});

function stateOf(framework: Framework, clause: string, { manifests, found: finding }: Seen): string | undefined {
  const files = manifests === undefined ? {} : { 'deploy.yaml': manifests };
  return requirementsOf(framework, files, finding ? [finding] : []).get(clause)?.state;
}
