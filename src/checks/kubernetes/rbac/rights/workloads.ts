import { REMOVE, WRITE } from '../right.ts';
import type { RightCheck } from '../right-check.ts';

/** Rights on pods, and on what makes and holds them. */
export const workloadRights: readonly RightCheck[] = [
  {
    id: 'kubernetes-role-workloads',
    title: 'Pods, or what makes them, may be made or changed',
    severity: 'medium',
    aliases: ['KSV-0048'],
    rationale: 'Whoever makes a pod acts as any service account of the namespace and reads any secret in it.',
    remediation: 'Leave deployments to the pipeline, and hold the namespace to the restricted Pod Security Standard.',
    rights: [
      { group: '', resources: ['pods', 'replicationcontrollers', 'podtemplates'], verbs: WRITE },
      { group: 'apps', resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], verbs: WRITE },
      { group: 'batch', resources: ['jobs', 'cronjobs'], verbs: WRITE },
    ],
  },
  {
    id: 'kubernetes-role-pod-exec',
    title: 'Commands may be run in pods',
    severity: 'high',
    aliases: ['KSV-0053'],
    rationale:
      'A command in a pod has its files, its secrets and its service account. Before Kubernetes 1.35 the verb get is enough for it.',
    remediation: 'Remove pods/exec; give it for a time to those who have to look into a pod.',
    rights: [{ group: '', resources: ['pods/exec'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-pod-attach',
    title: 'Processes in pods may be attached to',
    severity: 'high',
    aliases: ['KSV-0054'],
    rationale:
      'Whoever is attached reads what the process prints and types into what it reads. Before Kubernetes 1.35 the verb get is enough.',
    remediation: 'Remove pods/attach from the rule.',
    rights: [{ group: '', resources: ['pods/attach'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-pod-portforward',
    title: 'Ports of pods may be reached past network policies',
    severity: 'medium',
    rationale: 'Ports that network policies close off are reached through the interface server.',
    remediation: 'Remove pods/portforward, pods/proxy and services/proxy from the rule.',
    rights: [{ group: '', resources: ['pods/portforward', 'pods/proxy', 'services/proxy'], verbs: ['create', 'get'] }],
  },
  {
    id: 'kubernetes-role-ephemeral-containers',
    title: 'Containers may be added to running pods',
    severity: 'high',
    rationale:
      'An ephemeral container shares the processes, network and service account of the pod that it is put into.',
    remediation: 'Remove pods/ephemeralcontainers; give it for a time to those who debug.',
    rights: [{ group: '', resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'] }],
  },
  {
    id: 'kubernetes-role-pod-status',
    title: 'The status of pods may be written',
    severity: 'medium',
    rationale:
      'Addresses and labels in a status decide where the traffic of a service goes: it can be led to a pod of one’s choice.',
    remediation: 'Remove pods/status; the kubelets and the control plane write it.',
    rights: [{ group: '', resources: ['pods/status'], verbs: ['update', 'patch'] }],
  },
  {
    id: 'kubernetes-role-delete-logs',
    title: 'Logs of pods or events may be deleted',
    severity: 'medium',
    aliases: ['KSV-0042'],
    rationale: 'An intruder takes away what tells of the intrusion.',
    remediation: 'Remove the verbs delete and deletecollection, and ship logs and events out of the cluster.',
    rights: [
      { group: '', resources: ['pods/log', 'events'], verbs: REMOVE },
      { group: 'events.k8s.io', resources: ['events'], verbs: REMOVE },
    ],
  },
];
