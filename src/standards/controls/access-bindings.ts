import type { Control } from '../control.ts';
import { checks, outside } from './evidence.ts';
import { CLERKS, clusterBinding, compose, holders, kubernetes, pods } from './proof.ts';

export const accessBindingsControls: readonly Control[] = [
  {
    id: 'PLM-ACCESS-BINDING-SCOPE',
    family: 'access',
    title: 'Rights are given in the namespace where they are needed',
    anchors: ['AC-6'],
    why: 'A binding for the cluster holds in every namespace, also those that come later.',
    attack: 'An account of one application reads the secrets of all.',
    remedy: 'Use a RoleBinding in the namespace.',
    evidence: [checks('kubernetes-binding-wide-role')],
    proofs: [
      kubernetes(
        clusterBinding('{kind: ClusterRole, name: edit}', CLERKS),
        clusterBinding('{kind: ClusterRole, name: view}', CLERKS),
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-NO-ANONYMOUS-RIGHTS',
    family: 'access',
    title: 'Whoever does not sign in has no rights',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'Whoever reaches the interface server has these rights.',
    attack: 'Scanners find the cluster and use it without any password.',
    remedy: 'Remove system:anonymous and system:unauthenticated from the binding.',
    evidence: [checks('kubernetes-binding-anonymous')],
    proofs: [
      holders(
        '{kind: Group, name: "system:unauthenticated", apiGroup: rbac.authorization.k8s.io}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-NO-RIGHTS-FOR-EVERYBODY',
    family: 'access',
    title: 'Rights are not given to everybody who signs in',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'In some clusters everybody with an account of the cloud counts as signed in.',
    attack: 'Somebody from outside of the organisation uses the rights.',
    remedy: 'Name groups of people instead of system:authenticated.',
    evidence: [checks('kubernetes-binding-authenticated')],
    proofs: [
      holders(
        '{kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-MASTERS-GROUP',
    family: 'access',
    title: 'The group system:masters is not used',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'Members of system:masters are never asked for their rights, and cannot be taken out of their certificates.',
    attack: 'A leaked certificate of the group is the cluster until its authority is replaced.',
    remedy: 'Bind roles to named groups, and keep the group for emergencies.',
    evidence: [
      checks('kubernetes-binding-masters'),
      outside('cluster', 'Client certificates and sign-in settings that put somebody into the group system:masters.'),
    ],
    proofs: [
      holders(
        '{kind: Group, name: "system:masters", apiGroup: rbac.authorization.k8s.io}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-SERVICE-ACCOUNTS-GROUP',
    family: 'access',
    title: 'Rights are not given to all service accounts at once',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'Every pod, present and future, has rights that are given to all service accounts.',
    attack: 'One taken-over pod anywhere has them.',
    remedy: 'Name the single service account.',
    evidence: [checks('kubernetes-binding-all-service-accounts')],
    proofs: [
      holders(
        '{kind: Group, name: "system:serviceaccounts", apiGroup: rbac.authorization.k8s.io}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-DEFAULT-ACCOUNT-RIGHTS',
    family: 'access',
    title: 'Default service accounts have no rights',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'Pods that name no account have the default one.',
    attack: 'A pod that needs no rights has those of another.',
    remedy: 'Make an account for the workload and bind the role to it.',
    evidence: [checks('kubernetes-binding-default-service-account')],
    proofs: [
      holders(
        '{kind: ServiceAccount, name: default, namespace: billing}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-NODE-GROUP',
    family: 'access',
    title: 'Rights are not given to the group of nodes',
    anchors: ['AC-3', 'AC-6', 'AC-14'],
    why: 'Rights of kubelets are given by the node authoriser, each for its own node.',
    attack: 'With a binding to the group one taken-over node has the rights on all.',
    remedy: 'Remove the binding.',
    evidence: [checks('kubernetes-binding-node-group')],
    proofs: [
      holders(
        '{kind: Group, name: "system:nodes", apiGroup: rbac.authorization.k8s.io}',
        '{kind: Group, name: billing-clerks, apiGroup: rbac.authorization.k8s.io}',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-OWN-SERVICE-ACCOUNT',
    family: 'access',
    title: 'Each workload has a service account of its own',
    anchors: ['AC-6', 'IA-2'],
    why: 'With an account of its own a workload has only its own rights, and the record tells who did what.',
    attack: "Pods that share an account collect each other's rights.",
    remedy: 'Set `serviceAccountName`.',
    evidence: [checks('kubernetes-default-service-account')],
    proofs: [pods('serviceAccountName: default', 'serviceAccountName: invoices')],
  },
  {
    id: 'PLM-ACCESS-TOKEN-MOUNTED',
    family: 'access',
    title: 'Pods get a token of the cluster only if they use it',
    anchors: ['AC-6', 'CM-6', 'IA-5'],
    why: 'The token is the first thing that intruders look for in a pod.',
    attack: 'It is used to ask the interface server for secrets and to start pods.',
    remedy: 'Set `automountServiceAccountToken: false` where the interface is not used.',
    evidence: [
      checks(
        'kubernetes-service-account-token',
        'kubernetes-service-account-automount',
        'kubernetes-automount-explicit',
      ),
    ],
    proofs: [
      pods('serviceAccountName: invoices', 'serviceAccountName: invoices\nautomountServiceAccountToken: false'),
      kubernetes(
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: invoices, namespace: billing}\n',
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: invoices, namespace: billing}\nautomountServiceAccountToken: false\n',
      ),
      kubernetes(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: invoices, namespace: billing}\nspec:\n  serviceAccountName: invoices\n  automountServiceAccountToken: true\n  containers: [{name: invoices, image: "registry.example.net/billing/invoices:2.7.1"}]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: invoices, namespace: billing}\nautomountServiceAccountToken: false\n',
        'apiVersion: v1\nkind: Pod\nmetadata: {name: invoices, namespace: billing}\nspec:\n  serviceAccountName: invoices\n  containers: [{name: invoices, image: "registry.example.net/billing/invoices:2.7.1"}]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: invoices, namespace: billing}\nautomountServiceAccountToken: false\n',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-TOKEN-LIFETIME',
    family: 'access',
    title: 'Tokens of service accounts end soon',
    anchors: ['AC-12', 'IA-5'],
    why: 'A token without an end is good for whoever finds it, years later.',
    attack: 'Tokens from backups, logs or old machines still work.',
    remedy: 'Use bound tokens of an hour, and remove secrets of the token type.',
    evidence: [checks('kubernetes-long-lived-token', 'kubernetes-token-secret')],
    proofs: [
      pods(
        'volumes:\n  - {name: token, projected: {sources: [{serviceAccountToken: {path: token, audience: bank, expirationSeconds: 604800}}]}}',
        'volumes:\n  - {name: token, projected: {sources: [{serviceAccountToken: {path: token, audience: bank, expirationSeconds: 3600}}]}}',
      ),
      kubernetes(
        'apiVersion: v1\nkind: Secret\nmetadata: {name: bank, namespace: billing, annotations: {kubernetes.io/service-account.name: invoices}}\ntype: kubernetes.io/service-account-token\n',
        'apiVersion: v1\nkind: Secret\nmetadata: {name: bank, namespace: billing}\ntype: Opaque\n',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-DASHBOARD-SIGN-IN',
    family: 'access',
    title: 'The Kubernetes dashboard asks people to sign in',
    anchors: ['AC-3', 'IA-2'],
    why: 'With the sign-in skipped everybody has the rights of the dashboard itself.',
    attack: 'Open dashboards have been used to take over clusters.',
    remedy: 'Remove `--enable-skip-login` and insecure settings.',
    evidence: [checks('kubernetes-dashboard-open')],
    proofs: [
      kubernetes(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: board, namespace: board}\nspec:\n  containers: [{name: board, image: "docker.io/kubernetesui/dashboard:v2.6.1", args: ["--enable-skip-login"]}]\n',
        'apiVersion: v1\nkind: Pod\nmetadata: {name: board, namespace: board}\nspec:\n  containers: [{name: board, image: "docker.io/kubernetesui/dashboard:v2.6.1", args: ["--auto-generate-certificates"]}]\n',
      ),
    ],
  },
  {
    id: 'PLM-ACCESS-SERVICE-SIGN-IN',
    family: 'access',
    title: 'Services ask whoever connects to sign in',
    anchors: ['AC-3', 'IA-2', 'IA-5'],
    why: 'Services that let everybody in rely on nobody else being in their network.',
    attack: 'From any container beside it an attacker reads the data.',
    remedy: 'Remove the variable that lets everybody in, and give the service accounts and passwords.',
    evidence: [checks('compose-authentication-off')],
    proofs: [
      compose(
        'services:\n  db:\n    image: docker.io/library/mysql:8.4\n    environment:\n      MYSQL_ALLOW_EMPTY_PASSWORD: "yes"\n',
        'services:\n  db:\n    image: docker.io/library/mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/db\n',
      ),
    ],
  },
];
