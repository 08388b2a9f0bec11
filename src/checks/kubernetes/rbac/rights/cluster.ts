import { REMOVE, WRITE } from '../right.ts';
import type { RightCheck } from '../right-check.ts';

const ADMISSION = 'admissionregistration.k8s.io';

/** Rights on nodes, and on what holds for the whole cluster. */
export const clusterRights: readonly RightCheck[] = [
  {
    id: 'kubernetes-role-node-proxy',
    title: 'The kubelet may be reached through the interface server',
    severity: 'high',
    aliases: ['KSV-0047'],
    rationale:
      'The interface of the kubelet runs commands in every pod of the node, unseen by audit log and admission; get is enough.',
    remediation: 'Remove nodes/proxy; nodes/metrics, nodes/stats and nodes/log serve for what monitoring needs.',
    rights: [{ group: '', resources: ['nodes/proxy'], verbs: ['get', ...WRITE, 'delete'] }],
  },
  {
    id: 'kubernetes-role-nodes',
    title: 'Nodes may be changed',
    severity: 'medium',
    rationale: 'With labels and taints of nodes, pods of others are led to a node of one’s choice.',
    remediation: 'Leave nodes to the kubelets, the autoscaler and the administrators.',
    rights: [{ group: '', resources: ['nodes', 'nodes/status'], verbs: [...WRITE, ...REMOVE] }],
  },
  {
    id: 'kubernetes-role-admission',
    title: 'What is admitted to the cluster may be changed',
    severity: 'critical',
    aliases: ['KSV-0114'],
    rationale:
      'A webhook sees every object that passes, secrets included, and changes it; a policy that is deleted holds nobody back.',
    remediation: 'Keep webhooks and admission policies with the administrators and their controllers.',
    rights: [
      {
        group: ADMISSION,
        resources: [
          'mutatingwebhookconfigurations',
          'validatingwebhookconfigurations',
          'validatingadmissionpolicies',
          'validatingadmissionpolicybindings',
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
        ],
        verbs: [...WRITE, ...REMOVE],
        names: [],
      },
    ],
  },
  {
    id: 'kubernetes-role-api-services',
    title: 'Who answers for parts of the interface may be changed',
    severity: 'high',
    rationale: 'An APIService leads requests, with the identity of who makes them, to a server of one’s choice.',
    remediation: 'Keep apiservices with the administrators of the cluster.',
    rights: [{ group: 'apiregistration.k8s.io', resources: ['apiservices'], verbs: WRITE, names: [] }],
  },
  {
    id: 'kubernetes-role-definitions',
    title: 'Definitions of custom resources may be changed',
    severity: 'medium',
    rationale:
      'A definition decides what is checked of its objects and which server converts them; one that is deleted takes all its objects along.',
    remediation: 'Apply definitions with the pipeline, not with the program that uses them.',
    rights: [
      {
        group: 'apiextensions.k8s.io',
        resources: ['customresourcedefinitions'],
        verbs: ['update', 'patch', ...REMOVE],
        names: [],
      },
    ],
  },
  {
    id: 'kubernetes-role-persistent-volumes',
    title: 'Persistent volumes may be made',
    severity: 'medium',
    rationale: 'A persistent volume can be any path of a node, past what is forbidden to pods.',
    remediation: 'Let claims and storage classes make volumes.',
    rights: [{ group: '', resources: ['persistentvolumes'], verbs: WRITE }],
  },
  {
    id: 'kubernetes-role-storage',
    title: 'Classes or drivers of storage may be changed',
    severity: 'medium',
    rationale: 'A class or driver decides which program on the nodes makes and mounts the volumes of everybody.',
    remediation: 'Keep storageclasses and csidrivers with the administrators and their pipeline.',
    rights: [{ group: 'storage.k8s.io', resources: ['storageclasses', 'csidrivers'], verbs: WRITE }],
  },
  {
    id: 'kubernetes-role-namespaces',
    title: 'Namespaces may be changed',
    severity: 'medium',
    rationale: 'The Pod Security level of a namespace is a label of it, and network policies select by its labels.',
    remediation: 'Keep writing of namespaces with the administrators.',
    rights: [{ group: '', resources: ['namespaces'], verbs: ['update', 'patch'] }],
  },
];
