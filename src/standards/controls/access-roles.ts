import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { CLERKS, clusterBinding, grants, kubernetes, roles } from './proof.ts';

export const accessRolesControls: readonly Control[] = [
  {
    id: 'PLM-ACCESS-CLUSTER-ADMIN',
    family: 'access',
    title: 'The right to do everything is given to nobody who does not need it',
    anchors: ['AC-3', 'AC-6', 'AC-6(5)'],
    why: 'Whoever has all rights needs to be taken over only once.',
    attack: 'One leaked token of such an account is the whole cluster.',
    remedy: 'Bind narrower roles, and keep cluster-admin for a few people and emergencies.',
    evidence: [checks('kubernetes-binding-cluster-admin', 'kubernetes-binding-everything')],
    proofs: [
      kubernetes(
        clusterBinding('{kind: ClusterRole, name: cluster-admin}', CLERKS),
        clusterBinding('{kind: ClusterRole, name: view}', CLERKS),
      ),
      grants(
        '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-WILDCARDS',
    family: 'access',
    title: 'Roles name what they allow',
    anchors: ['AC-3', 'AC-6'],
    why: 'A wildcard also takes in what will be added later.',
    attack: 'Rights that nobody thought of, such as reading secrets, come along and are used.',
    remedy: 'List the verbs, resources and groups that are needed.',
    evidence: [
      checks(
        'kubernetes-role-everything',
        'kubernetes-role-all-verbs',
        'kubernetes-role-all-resources',
        'kubernetes-role-all-groups',
        'kubernetes-role-all-urls',
      ),
    ],
    proofs: [
      roles(
        '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      roles(
        '{apiGroups: [""], resources: [services], verbs: ["*"]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      roles(
        '{apiGroups: ["*"], resources: [services], verbs: [get]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      roles(
        '{apiGroups: [""], resources: ["*"], verbs: [get]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      roles('{nonResourceURLs: ["*"], verbs: [get]}', '{apiGroups: [""], resources: [services], verbs: [get]}'),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-SECRETS',
    family: 'access',
    title: 'Few roles reach secrets',
    anchors: ['AC-3', 'AC-6'],
    why: 'Whoever lists secrets reads all of them, also tokens and keys.',
    attack: 'Attackers read secrets to become somebody with more rights.',
    remedy: 'Name single secrets, give `get` only, or let pods mount what they need.',
    evidence: [checks('kubernetes-role-secrets')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [secrets], verbs: [list]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-WORKLOADS',
    family: 'access',
    title: 'Few roles make or change workloads',
    anchors: ['AC-3', 'AC-6'],
    why: 'Whoever creates pods can use every account and secret of the namespace.',
    attack: 'A pod is started with the strongest account that the namespace has.',
    remedy: 'Let a deployment tool create workloads, and give people the right to look.',
    evidence: [checks('kubernetes-role-workloads')],
    proofs: [
      grants(
        '{apiGroups: [apps], resources: [statefulsets], verbs: [patch]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-EXEC',
    family: 'access',
    title: 'Few roles get into running pods',
    anchors: ['AC-3', 'AC-6'],
    why: 'A shell in a pod has all that the pod has.',
    attack: 'Attackers with such a right read tokens and data out of running pods, and no image shows it.',
    remedy: 'Give the right for a time and a namespace, and record its use.',
    evidence: [
      checks('kubernetes-role-pod-exec', 'kubernetes-role-pod-attach', 'kubernetes-role-ephemeral-containers'),
    ],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [pods/exec], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      grants(
        '{apiGroups: [""], resources: [pods/attach, pods/ephemeralcontainers], verbs: [create, update, patch]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-PORT-FORWARD',
    family: 'access',
    title: 'Few roles forward ports of pods',
    anchors: ['AC-3', 'AC-6'],
    why: 'Forwarding reaches ports of pods past network policies.',
    attack: 'Somebody connects to a database from their own machine.',
    remedy: 'Give the right for a time and a namespace.',
    evidence: [checks('kubernetes-role-pod-portforward')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [pods/portforward], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-DELETE-TRACES',
    family: 'access',
    title: 'No role deletes logs or events',
    anchors: ['AC-3', 'AC-6', 'AU-9'],
    why: 'Logs and events tell what happened.',
    attack: 'An attacker deletes them to stay unseen.',
    remedy: 'Remove the right to delete logs and events.',
    evidence: [checks('kubernetes-role-delete-logs')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [events, pods/log], verbs: [delete]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-IMPERSONATE',
    family: 'access',
    title: 'Few roles act as somebody else',
    anchors: ['AC-3', 'AC-6'],
    why: 'Who may impersonate has the rights of everybody they may name.',
    attack: 'An attacker acts as an administrator or as system:masters.',
    remedy: 'Remove the right, or name the single users with resourceNames.',
    evidence: [checks('kubernetes-role-impersonate')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [users], verbs: [impersonate]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-ESCALATE',
    family: 'access',
    title: 'No role gives itself more rights',
    anchors: ['AC-3', 'AC-6'],
    why: 'With escalate somebody can write roles with more rights than they have.',
    attack: 'An attacker gives their own role everything.',
    remedy: 'Remove the verb.',
    evidence: [checks('kubernetes-role-escalate')],
    proofs: [
      grants(
        '{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-BIND',
    family: 'access',
    title: 'No role binds roles that it does not have',
    anchors: ['AC-3', 'AC-6'],
    why: 'With bind somebody can give away roles that they do not have.',
    attack: 'An attacker binds cluster-admin to themselves.',
    remedy: 'Remove the verb, or name the roles that may be bound.',
    evidence: [checks('kubernetes-role-bind')],
    proofs: [
      grants(
        '{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-WRITES-RIGHTS',
    family: 'access',
    title: 'Few roles write roles and bindings',
    anchors: ['AC-3', 'AC-6'],
    why: 'Whoever writes roles and bindings decides who may do what.',
    attack: 'An attacker adds a quiet binding as a way back in.',
    remedy: 'Keep roles in reviewed source, and let a tool apply them.',
    evidence: [checks('kubernetes-role-bindings')],
    proofs: [
      grants(
        '{apiGroups: [rbac.authorization.k8s.io], resources: [clusterrolebindings], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-NODE-PROXY',
    family: 'access',
    title: 'No role reaches kubelets through the interface server',
    anchors: ['AC-3', 'AC-6'],
    why: 'Through nodes/proxy one talks to kubelets, which run commands in pods without admission or audit.',
    attack: 'Even reading is enough to run commands in every pod of the node.',
    remedy: 'Remove the right; give the narrower nodes/metrics and the like.',
    evidence: [checks('kubernetes-role-node-proxy')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-EVERYTHING',
    family: 'access',
    title: 'No role but cluster-admin may do everything',
    anchors: ['AC-3', 'AC-6'],
    why: 'Under another name it is not noticed by those who look for cluster-admin, and each narrower right is part of it.',
    attack: 'An attacker looks for who may do everything by what roles allow, not by what they are called.',
    remedy:
      'List in the role the resources and verbs that are needed, or bind cluster-admin where nothing less will do.',
    evidence: [checks('kubernetes-binding-everything', 'kubernetes-role-everything')],
    proofs: [
      grants(
        '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      roles(
        '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
];
