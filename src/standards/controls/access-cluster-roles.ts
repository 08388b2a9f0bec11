import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { grants, kubernetes, roles } from './proof.ts';

export const accessClusterRolesControls: readonly Control[] = [
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
