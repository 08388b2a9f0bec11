import { WRITE } from '../right.ts';
import type { RightCheck } from '../right-check.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Rights by which somebody gets the rights, the secrets or the name of others. */
export const identityRights: readonly RightCheck[] = [
  {
    id: 'kubernetes-role-secrets',
    title: 'Secrets may be read or written',
    severity: 'high',
    aliases: ['KSV-0041', 'KSV-0113'],
    rationale:
      'Secrets hold the tokens and passwords of everything in their namespaces; listing them shows their content, and making one gets the token of any service account.',
    remediation: 'Name the single secrets in resourceNames with the verb get, or mount them into the pod.',
    rights: [{ group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch', ...WRITE], names: [] }],
  },
  {
    id: 'kubernetes-role-token-request',
    title: 'Tokens of service accounts may be made',
    severity: 'high',
    rationale: 'Its holder acts as any service account of the namespace, or of the cluster.',
    remediation: 'Name the service accounts in resourceNames, or remove serviceaccounts/token.',
    rights: [{ group: '', resources: ['serviceaccounts/token'], verbs: ['create'], names: [] }],
  },
  {
    id: 'kubernetes-role-impersonate',
    title: 'Other users, groups or accounts may be acted as',
    severity: 'critical',
    aliases: ['KSV-0043'],
    rationale: 'With impersonation of system:masters every other limit ends; with that of an account, its limits do.',
    remediation: 'Remove impersonate, or name the users and groups in resourceNames.',
    rights: [
      {
        group: '',
        resources: ['users', 'groups', 'serviceaccounts'],
        verbs: ['impersonate'],
        names: ['system:masters'],
      },
      { group: 'authentication.k8s.io', resources: ['uids', 'userextras/*'], verbs: ['impersonate'] },
    ],
  },
  {
    id: 'kubernetes-role-escalate',
    title: 'Roles may be given rights that their writer does not have',
    severity: 'critical',
    aliases: ['KSV-0050'],
    rationale: 'The verb escalate lets a role be written with rights that its writer does not have.',
    remediation: 'Remove escalate from the verbs on roles and clusterroles.',
    rights: [{ group: RBAC, resources: ['clusterroles', 'roles'], verbs: ['escalate'] }],
  },
  {
    id: 'kubernetes-role-bind',
    title: 'Roles may be given that the giver does not have',
    severity: 'critical',
    aliases: ['KSV-0051', 'KSV-0052'],
    rationale: 'The verb bind lets any role, cluster-admin among them, be given to anybody.',
    remediation: 'Name the roles that may be bound in resourceNames, or remove bind.',
    rights: [{ group: RBAC, resources: ['clusterroles', 'roles'], verbs: ['bind'], names: ['cluster-admin', 'admin'] }],
  },
  {
    id: 'kubernetes-role-bindings',
    title: 'Roles or bindings may be written',
    severity: 'high',
    aliases: ['KSV-0055'],
    rationale: 'What the holder may do it may hand to others, who keep it when the holder has lost it.',
    remediation: 'Keep writing of roles and bindings with the administrators and the pipeline.',
    rights: [
      { group: RBAC, resources: ['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'], verbs: WRITE },
    ],
  },
  {
    id: 'kubernetes-role-certificates',
    title: 'Certificates of the cluster may be approved or signed',
    severity: 'high',
    rationale: 'A certificate of the cluster’s authority is an identity of one’s choice, good until it ends.',
    remediation: 'Remove certificatesigningrequests/approval and signers; name the signer where it is needed.',
    rights: [
      {
        group: 'certificates.k8s.io',
        resources: ['certificatesigningrequests/approval', 'certificatesigningrequests/status'],
        verbs: ['update', 'patch'],
      },
      { group: 'certificates.k8s.io', resources: ['signers'], verbs: ['approve', 'sign'], names: [] },
      {
        group: 'certificates.k8s.io',
        resources: ['signers'],
        verbs: ['approve', 'sign'],
        names: ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*'],
        mustName: true,
      },
    ],
  },
  {
    id: 'kubernetes-role-aws-auth',
    title: 'Who may sign in to an EKS cluster may be changed',
    severity: 'critical',
    aliases: ['KSV-0115'],
    rationale: 'The ConfigMap aws-auth makes any identity of the cloud a cluster administrator.',
    remediation: 'Remove the rule and manage sign-in with access entries.',
    rights: [
      {
        group: '',
        resources: ['configmaps'],
        verbs: ['update', 'patch', 'delete'],
        names: ['aws-auth'],
        mustName: true,
      },
    ],
  },
];
