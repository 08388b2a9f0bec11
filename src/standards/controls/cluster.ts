import type { Control } from '../control.ts';
import { clusters } from './cluster-proof.ts';
import { checks } from './evidence.ts';

const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

const kubelet = (kubeletVersion: string) => ({
  metadata: { name: 'worker-4' },
  status: { nodeInfo: { kubeletVersion } },
});

/** A webhook that is asked about pods. */
const webhook = (more: object) => ({
  metadata: { name: 'billing-rules' },
  webhooks: [
    {
      name: 'rules.billing.example',
      rules: [{ apiGroups: ['*'], resources: ['*'], operations: ['CREATE'] }],
      clientConfig: { service: { namespace: 'rules', name: 'rules' } },
      objectSelector: { matchExpressions: [{ key: 'exempt', operator: 'DoesNotExist' }] },
      failurePolicy: 'Fail',
      ...more,
    },
  ],
});
const asked = (more: object, services: readonly object[] = [{ metadata: { namespace: 'rules', name: 'rules' } }]) => ({
  [`validatingwebhookconfigurations.${ADMISSION}`]: [webhook(more)],
  [`mutatingwebhookconfigurations.${ADMISSION}`]: [],
  services,
});

const policies = (policy: string, bound: string) => ({
  [`validatingadmissionpolicies.${ADMISSION}`]: [{ metadata: { name: policy }, spec: {} }],
  [`validatingadmissionpolicybindings.${ADMISSION}`]: [{ metadata: { name: 'all' }, spec: { policyName: bound } }],
});

/** What is offered to everybody. @param pod members of the PodSpec @param container members of the container */
const offered = (pod: object, container: object = {}) => ({
  services: [
    {
      metadata: { name: 'invoices', namespace: 'billing' },
      spec: { type: 'NodePort', selector: { part: 'invoices' }, ports: [{ port: 8080 }] },
    },
  ],
  'deployments.apps': [
    {
      metadata: { name: 'invoices', namespace: 'billing' },
      spec: {
        template: {
          metadata: { labels: { part: 'invoices' } },
          spec: { containers: [{ name: 'invoices', image: 'invoices:3', ...container }], ...pod },
        },
      },
    },
  ],
});
const everything = {
  [`clusterroles.${RBAC}`]: [
    { metadata: { name: 'tools' }, rules: [{ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }] },
    { metadata: { name: 'all' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
  ],
  [`clusterrolebindings.${RBAC}`]: [
    {
      metadata: { name: 'invoices' },
      roleRef: { kind: 'ClusterRole', name: 'all' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'billing', name: 'default' }],
    },
  ],
};
const ledger = {
  'statefulsets.apps': [
    {
      metadata: { name: 'ledger', namespace: 'billing' },
      spec: {
        template: {
          metadata: { labels: { part: 'ledger' } },
          spec: { containers: [{ name: 'ledger', image: 'mariadb:11' }] },
        },
      },
    },
  ],
};
const fenced = {
  'networkpolicies.networking.k8s.io': [
    {
      metadata: { name: 'ledger', namespace: 'billing' },
      spec: { podSelector: { matchLabels: { part: 'ledger' } }, policyTypes: ['Ingress'], ingress: [] },
    },
  ],
};

/** Of the control plane. */
export const clusterControls: readonly Control[] = [
  {
    id: 'PLM-CONTROL-PLANE-VERSION-SUPPORTED',
    family: 'control-plane',
    title: 'Control plane and nodes are of releases that get fixes, and of versions that belong together',
    anchors: ['CM-2', 'SI-2', 'SA-22'],
    why: 'Each minor of Kubernetes is looked after for fourteen months.',
    attack: 'Holes that became known after that are described in public and stay open.',
    remedy: 'Upgrade the control plane every few months, and the nodes right behind it.',
    evidence: [checks('cluster-version-end-of-life', 'cluster-node-end-of-life', 'cluster-node-skew')],
    proofs: [
      clusters({ version: 'v1.28.9', nodes: [kubelet('v1.27.3')] }, { nodes: [kubelet('v1.35.1')] }),
      clusters({ nodes: [kubelet('v1.37.0')] }, { nodes: [kubelet('v1.36.0')] }),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-ADMISSION-ENFORCED',
    family: 'control-plane',
    title: 'Something decides which pods may start, and denies',
    anchors: ['AC-6', 'CM-7', 'SC-39'],
    why: 'The right to create pods is given to many; what the pods may be is another question.',
    attack: 'Whoever may deploy starts a privileged pod on a node of their choice and has it.',
    remedy: 'Enforce a Pod Security Standard in every namespace, or bind policies that deny.',
    evidence: [checks('cluster-admission-nothing-enforced')],
    proofs: [
      clusters(
        {
          namespaces: [{ metadata: { name: 'billing', labels: { 'pod-security.kubernetes.io/warn': 'baseline' } } }],
          [`validatingwebhookconfigurations.${ADMISSION}`]: [],
          [`validatingadmissionpolicybindings.${ADMISSION}`]: [],
        },
        {
          namespaces: [{ metadata: { name: 'billing', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }],
          [`validatingwebhookconfigurations.${ADMISSION}`]: [],
          [`validatingadmissionpolicybindings.${ADMISSION}`]: [],
        },
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-WEBHOOKS-SOUND',
    family: 'control-plane',
    title: 'Webhooks are there, hold what they should, and cannot lock the cluster out',
    anchors: ['AC-6', 'CM-3', 'CM-8', 'CP-10', 'SC-5'],
    why: 'A webhook is asked before everything that happens: it is a lock and a single point of failure.',
    attack: 'A webhook that is away lets all pass or stops all; one whose service is gone can be taken over.',
    remedy: 'Fail closed for what must not pass, leave the system namespaces out, and delete what is not used.',
    evidence: [checks('cluster-webhook-locks-out', 'cluster-webhook-fails-open', 'cluster-webhook-without-service')],
    proofs: [
      clusters(asked({ objectSelector: {} }), asked({})),
      clusters(asked({ failurePolicy: 'Ignore' }), asked({})),
      clusters(asked({}, []), asked({})),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-POLICIES-BOUND',
    family: 'control-plane',
    title: 'Policies of the cluster are in force',
    anchors: ['CM-3', 'CM-6'],
    why: 'A policy without its binding, or a binding without its policy, decides nothing and looks as if it did.',
    attack: 'What was denied last month is let in, and nobody notices.',
    remedy: 'Keep policies and bindings in one place, and apply them together.',
    evidence: [checks('cluster-policy-unbound', 'cluster-binding-without-policy')],
    proofs: [clusters(policies('digests', 'digest'), policies('digests', 'digests'))],
  },
  {
    id: 'PLM-CONTROL-PLANE-EXTENSIONS-VERIFIED',
    family: 'control-plane',
    title: 'Extensions of the API prove who they are',
    anchors: ['SC-8', 'SC-23'],
    why: 'The API server hands requests with their users on to extensions, and believes the answers.',
    attack: 'Whoever answers in place of an extension decides what others see.',
    remedy: 'Give each APIService the authority of its certificate.',
    evidence: [checks('cluster-api-unverified')],
    proofs: [
      clusters(
        {
          'apiservices.apiregistration.k8s.io': [
            { metadata: { name: 'v1.meter.example' }, spec: { insecureSkipTLSVerify: true } },
          ],
        },
        {
          'apiservices.apiregistration.k8s.io': [
            { metadata: { name: 'v1.meter.example' }, spec: { caBundle: 'TUlJ' } },
          ],
        },
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-SEPARATED',
    family: 'control-plane',
    title: 'The control plane has nodes of its own that are not open to the network',
    anchors: ['AC-17', 'SC-2', 'SC-7'],
    why: 'Its nodes hold the keys of everything.',
    attack: 'One break-out on such a node, or one open port, and the cluster is gone.',
    remedy: 'Taint the nodes of the control plane, and give nodes private addresses only.',
    evidence: [checks('cluster-control-plane-open', 'cluster-node-public-address')],
    proofs: [
      clusters(
        {
          nodes: [
            {
              metadata: { name: 'm1', labels: { 'node-role.kubernetes.io/control-plane': '' } },
              status: { addresses: [{ type: 'ExternalIP', address: '198.51.100.9' }] },
            },
            kubelet('v1.36.1'),
          ],
        },
        {
          nodes: [
            {
              metadata: { name: 'm1', labels: { 'node-role.kubernetes.io/control-plane': '' } },
              spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoExecute' }] },
            },
            kubelet('v1.36.1'),
          ],
        },
      ),
    ],
  },
  {
    id: 'PLM-CONTROL-PLANE-NO-OPEN-INSTALLER',
    family: 'control-plane',
    title: 'Nothing in the cluster deploys for whoever asks',
    anchors: ['AC-3', 'AC-6'],
    why: 'Installers that run in the cluster have nearly all rights in it.',
    attack: 'Every pod that reaches the port of Tiller is cluster-admin.',
    remedy: 'Deploy with the rights of the person or pipeline that does it.',
    evidence: [checks('cluster-tiller')],
    proofs: [
      clusters(
        { 'deployments.apps': [{ metadata: { name: 'tiller-deploy', namespace: 'tools' } }] },
        { 'deployments.apps': [{ metadata: { name: 'helm-page', namespace: 'tools' } }] },
      ),
    ],
  },
];

export const clusterTokenControls: readonly Control[] = [
  {
    id: 'PLM-SECRETS-TOKENS-END',
    family: 'secrets',
    title: 'Tokens of service accounts end',
    anchors: ['AC-2', 'IA-5'],
    why: 'Tokens get into backups, logs and laptops.',
    attack: 'A token without an end that is found years later still opens the cluster.',
    remedy: 'Use projected tokens in pods and short ones elsewhere; delete secrets that hold tokens.',
    evidence: [checks('cluster-token-secret')],
    proofs: [
      clusters(
        {
          secrets: [
            {
              metadata: {
                name: 'builder',
                namespace: 'ci',
                annotations: { 'kubernetes.io/service-account.name': 'builder' },
              },
            },
          ],
        },
        { secrets: [{ metadata: { name: 'invoices-tls', namespace: 'billing' }, type: 'kubernetes.io/tls' }] },
      ),
    ],
  },
];

export const attackPathControls: readonly Control[] = [
  {
    id: 'PLM-ACCESS-NO-PATHS',
    family: 'access',
    title: 'No chain of rights and settings leads from outside to the cluster, a node or data',
    anchors: ['AC-4', 'AC-6', 'RA-3', 'SC-7', 'SC-39'],
    why: 'Each right is given for a reason; together they may be a way that nobody meant.',
    attack: 'One hole in one program that is reached from outside, then step by step to the end.',
    remedy: 'Take one step out of each way: a token that is not used, a right, a hold on the node, an open port.',
    evidence: [checks('cluster-path-to-cluster', 'cluster-path-to-node', 'cluster-path-to-data')],
    proofs: [
      clusters(
        { ...offered({}), ...everything },
        { ...offered({ automountServiceAccountToken: false }), ...everything },
      ),
      clusters(offered({}, { securityContext: { privileged: true } }), offered({})),
      clusters({ ...offered({}), ...ledger }, { ...offered({}), ...ledger, ...fenced }),
    ],
  },
];
