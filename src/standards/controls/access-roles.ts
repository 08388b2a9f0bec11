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
    id: 'PLM-ACCESS-ROLE-NODES',
    family: 'access',
    title: 'Few roles change nodes',
    anchors: ['AC-3', 'AC-6'],
    why: 'Labels and taints of nodes decide what runs where.',
    attack: 'An attacker draws sensitive pods to a node that is already theirs.',
    remedy: "Leave changes of nodes to the cluster's own parts.",
    evidence: [checks('kubernetes-role-nodes')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [nodes], verbs: [patch]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-TOKENS',
    family: 'access',
    title: 'Few roles make tokens of service accounts',
    anchors: ['AC-3', 'AC-6'],
    why: 'Whoever makes tokens of an account is that account.',
    attack: 'An attacker makes a token of a stronger account and uses it from outside.',
    remedy: 'Remove the right, or name single accounts.',
    evidence: [checks('kubernetes-role-token-request')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-ADMISSION',
    family: 'access',
    title: 'Few roles change what is admitted to the cluster',
    anchors: ['AC-3', 'AC-6'],
    why: 'Admission sees and may change every object, also secrets.',
    attack: "A webhook of the attacker's reads all that is created, or a policy is switched off.",
    remedy: 'Keep the right to those who administer the cluster.',
    evidence: [checks('kubernetes-role-admission')],
    proofs: [
      grants(
        '{apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-API-SERVICES',
    family: 'access',
    title: 'Few roles change who answers for parts of the interface',
    anchors: ['AC-3', 'AC-6'],
    why: "An APIService sends a part of the interface to a server of somebody's choice.",
    attack: "The attacker's server gets requests with the identities of users.",
    remedy: 'Keep the right to those who administer the cluster.',
    evidence: [checks('kubernetes-role-api-services')],
    proofs: [
      grants(
        '{apiGroups: [apiregistration.k8s.io], resources: [apiservices], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-CERTIFICATES',
    family: 'access',
    title: 'Few roles approve or sign certificates',
    anchors: ['AC-3', 'AC-6'],
    why: 'A signed certificate is an identity that cannot be taken back.',
    attack: 'An attacker has a certificate for system:masters signed.',
    remedy: 'Keep approval and signing to the controllers that are meant for it.',
    evidence: [checks('kubernetes-role-certificates')],
    proofs: [
      grants(
        '{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests, certificatesigningrequests/approval], verbs: [create, update]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-VOLUMES',
    family: 'access',
    title: 'Few roles make persistent volumes',
    anchors: ['AC-3', 'AC-6'],
    why: 'A persistent volume may be a path of a node.',
    attack: 'An attacker makes a volume of / and mounts it into a pod that looks harmless.',
    remedy: 'Let storage drivers make volumes.',
    evidence: [checks('kubernetes-role-persistent-volumes')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [persistentvolumes], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-NAMESPACES',
    family: 'access',
    title: 'Few roles change namespaces',
    anchors: ['AC-3', 'AC-6'],
    why: 'Labels of a namespace say which pods are let in.',
    attack: 'An attacker takes the label of Pod Security away and starts a privileged pod.',
    remedy: 'Keep the right to those who administer the cluster.',
    evidence: [checks('kubernetes-role-namespaces')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [namespaces], verbs: [patch]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-CONFIG-MAPS',
    family: 'access',
    title: 'Few roles write ConfigMaps',
    anchors: ['AC-3', 'AC-6'],
    why: 'Some ConfigMaps steer the cluster: name service, proxy, sign-in.',
    attack: 'An attacker changes where names lead or who may sign in.',
    remedy: "Give the right in the application's namespace only, by name where possible.",
    evidence: [checks('kubernetes-role-configmaps')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [configmaps], verbs: [update]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-CLOUD-SIGN-IN',
    family: 'access',
    title: 'Few roles change who may sign in through the cloud',
    anchors: ['AC-3', 'AC-6'],
    why: 'On EKS a ConfigMap says which identities of the cloud are who in the cluster.',
    attack: 'An attacker enters their own identity as system:masters.',
    remedy: 'Use access entries, and keep the right to write aws-auth to nobody.',
    evidence: [checks('kubernetes-role-aws-auth')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [configmaps], resourceNames: [aws-auth], verbs: [update]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-NETWORK',
    family: 'access',
    title: 'Few roles change how traffic reaches pods',
    anchors: ['AC-3', 'AC-6'],
    why: 'Services, endpoints, ingresses and policies decide where traffic goes.',
    attack: 'An attacker draws traffic to a pod of theirs or opens a closed path.',
    remedy: 'Keep these rights to deployment tools and those who run the network.',
    evidence: [checks('kubernetes-role-networking')],
    proofs: [
      grants(
        '{apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [delete]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
      grants(
        '{apiGroups: [""], resources: [services], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-POD-STATUS',
    family: 'access',
    title: 'Few roles write the status of pods',
    anchors: ['AC-3', 'AC-6'],
    why: 'Addresses and labels in the status of a pod decide where traffic goes.',
    attack: 'An attacker leads the traffic of a service to a pod of theirs.',
    remedy: 'Leave the status of pods to kubelets.',
    evidence: [checks('kubernetes-role-pod-status')],
    proofs: [
      grants(
        '{apiGroups: [""], resources: [pods/status], verbs: [patch]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-DEFINITIONS',
    family: 'access',
    title: 'Few roles change definitions of custom resources',
    anchors: ['AC-3', 'AC-6'],
    why: 'A definition decides what is checked of its objects, and which server converts them.',
    attack: 'An attacker has objects converted by a server of theirs, or deletes all of a kind.',
    remedy: 'Keep the right to those who administer the cluster.',
    evidence: [checks('kubernetes-role-definitions')],
    proofs: [
      grants(
        '{apiGroups: [apiextensions.k8s.io], resources: [customresourcedefinitions], verbs: [update]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-STORAGE',
    family: 'access',
    title: 'Few roles change classes and drivers of storage',
    anchors: ['AC-3', 'AC-6'],
    why: 'Classes and drivers of storage decide which programs on the nodes make and mount volumes.',
    attack: 'An attacker adds a driver that runs on every node.',
    remedy: 'Keep the right to those who administer the cluster.',
    evidence: [checks('kubernetes-role-storage')],
    proofs: [
      grants(
        '{apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [create]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-EFFECTIVE',
    family: 'access',
    title: 'Rules of roles allow what they seem to',
    anchors: ['AC-3', 'CM-6'],
    why: 'A rule that allows something else than it seems to misleads whoever reviews it.',
    attack: 'Somebody widens such a rule until it works, and gives too much away.',
    remedy: 'Write verbs in lower case, groups for each resource, and subresources by name.',
    evidence: [checks('kubernetes-role-without-effect')],
    proofs: [
      roles(
        '{apiGroups: [""], resources: [services], verbs: [GET]}',
        '{apiGroups: [""], resources: [services], verbs: [get]}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-ROLE-AGGREGATION',
    family: 'access',
    title: 'Roles are not joined to others by accident',
    anchors: ['AC-3', 'AC-6', 'CM-3'],
    why: 'An aggregated role takes in every role with a label.',
    attack: 'A role with the label is added, and everybody with edit or view has its rights.',
    remedy: 'Select by a label of your own, and review roles with `aggregate-to-` labels.',
    evidence: [checks('kubernetes-role-open-aggregation', 'kubernetes-role-aggregated')],
    proofs: [
      kubernetes(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: invoice-keeper, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}\nrules: []\n',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: invoice-keeper, labels: {team: billing}}\nrules: []\n',
      ),
      kubernetes(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: invoice-keeper}\naggregationRule: {clusterRoleSelectors: [{}]}\nrules: []\n',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: invoice-keeper}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {billing.example.net/part: keeper}}]}\nrules: []\n',
      ),
    ],
  },
];
