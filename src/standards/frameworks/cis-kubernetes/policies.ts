import { exact, intersects, section, subset, superset } from '../clauses.ts';

/**
 * Checks tell once of a role that may do everything, and not again for each right. It counts where a right can be given in a namespace; the
 * others come only with a binding for the whole cluster.
 */
const EVERYTHING = intersects('PLM-ACCESS-ROLE-EVERYTHING');

export const policies = [
  ...section('5.1 RBAC and service accounts', [
    {
      id: '5.1.1',
      title: 'The role cluster-admin is given only where it must be',
      text: 'Bindings to cluster-admin are few and known, and everybody else has a role with fewer rights.',
      mappings: exact('PLM-ACCESS-CLUSTER-ADMIN'),
    },
    {
      id: '5.1.2',
      title: 'Few may read secrets',
      text: 'The verbs get, list and watch on secrets are given to as few accounts as possible.',
      mappings: [...exact('PLM-ACCESS-ROLE-SECRETS'), ...EVERYTHING],
    },
    {
      id: '5.1.3',
      title: 'Roles name what they allow',
      text: 'Roles list resources and verbs instead of asterisks, which also take in what is added later.',
      mappings: [...exact('PLM-ACCESS-WILDCARDS'), ...EVERYTHING],
    },
    {
      id: '5.1.4',
      title: 'Few may make pods',
      text: 'The right to create pods, and whatever makes pods, is given sparingly: a pod can mount every secret and account of its namespace.',
      mappings: [...subset('PLM-ACCESS-ROLE-WORKLOADS'), ...EVERYTHING],
    },
    {
      id: '5.1.5',
      title: 'Nobody uses the default service account',
      text: 'Workloads have accounts of their own, and the account named default has neither rights nor a mounted token.',
      mappings: superset(
        'PLM-ACCESS-OWN-SERVICE-ACCOUNT',
        'PLM-ACCESS-DEFAULT-ACCOUNT-RIGHTS',
        'PLM-ACCESS-TOKEN-MOUNTED',
      ),
    },
    {
      id: '5.1.6',
      title: 'Tokens are mounted only where they are used',
      text: 'Pods that do not talk to the API server have no token of a service account.',
      mappings: exact('PLM-ACCESS-TOKEN-MOUNTED'),
    },
    {
      id: '5.1.7',
      title: 'Nobody is in the group system:masters',
      text: 'The group is not used after the cluster is made: no role limits its members, and none can be taken away.',
      mappings: exact('PLM-ACCESS-MASTERS-GROUP'),
    },
    {
      id: '5.1.8',
      title: 'Few may bind, escalate or impersonate',
      text: 'These three verbs let an account gain more rights than it was given.',
      mappings: [
        ...superset('PLM-ACCESS-ROLE-BIND', 'PLM-ACCESS-ROLE-ESCALATE', 'PLM-ACCESS-ROLE-IMPERSONATE'),
        ...EVERYTHING,
      ],
    },
    {
      id: '5.1.9',
      title: 'Few may make persistent volumes',
      text: 'The right to create persistent volumes is given sparingly: one of the kind hostPath opens the file system of a node.',
      mappings: exact('PLM-ACCESS-ROLE-VOLUMES'),
    },
    {
      id: '5.1.10',
      title: 'Few reach kubelets through nodes/proxy',
      text: 'The subresource proxy of nodes reaches the whole interface of kubelets, past audit and admission.',
      mappings: exact('PLM-ACCESS-ROLE-NODE-PROXY'),
    },
    {
      id: '5.1.11',
      title: 'Few may approve certificates',
      text: 'The subresource approval of certificate signing requests makes credentials for any user or node.',
      mappings: subset('PLM-ACCESS-ROLE-CERTIFICATES'),
    },
    {
      id: '5.1.12',
      title: 'Few may change webhooks of admission',
      text: 'Who writes webhook configurations reads and changes every object that is sent to the API server.',
      mappings: subset('PLM-ACCESS-ROLE-ADMISSION'),
    },
    {
      id: '5.1.13',
      title: 'Few may make tokens of service accounts',
      text: 'The subresource token of service accounts gives whoever creates it the rights of that account.',
      mappings: [...exact('PLM-ACCESS-ROLE-TOKENS'), ...EVERYTHING],
    },
  ]),
  ...section('5.2 Pod security', [
    {
      id: '5.2.1',
      title: 'Some policy decides which pods are admitted',
      text: 'Each namespace with workloads of users has Pod Security Admission or another policy in force.',
      mappings: superset('PLM-WORKLOAD-POD-SECURITY-ENFORCED'),
    },
    {
      id: '5.2.2',
      title: 'Privileged containers are not admitted',
      text: 'No pod has a container with `privileged: true`, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-PRIVILEGED'),
    },
    {
      id: '5.2.3',
      title: 'Pods that see the processes of the host are not admitted',
      text: 'No pod has `hostPID: true`, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-PID'),
    },
    {
      id: '5.2.4',
      title: 'Pods that share memory with the host are not admitted',
      text: 'No pod has `hostIPC: true`, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-IPC'),
    },
    {
      id: '5.2.5',
      title: 'Pods on the network of the host are not admitted',
      text: 'No pod has `hostNetwork: true`, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-NETWORK'),
    },
    {
      id: '5.2.6',
      title: 'Containers that can gain privileges are not admitted',
      text: 'Each container has `allowPrivilegeEscalation: false`, and policies refuse others.',
      mappings: superset('PLM-WORKLOAD-PRIVILEGE-ESCALATION'),
    },
    {
      id: '5.2.7',
      title: 'Containers that run as root are not admitted',
      text: 'Pods say `runAsNonRoot: true` or a user other than 0, and policies refuse others.',
      mappings: superset('PLM-WORKLOAD-NON-ROOT', 'PLM-WORKLOAD-ROOT-USER'),
    },
    {
      id: '5.2.8',
      title: 'Containers with NET_RAW are not admitted',
      text: 'Containers drop the capability NET_RAW, with which they would forge packets, and policies refuse others.',
      mappings: superset('PLM-WORKLOAD-CAPABILITY-NET-RAW', 'PLM-WORKLOAD-CAPABILITIES-DROPPED'),
    },
    {
      id: '5.2.9',
      title: 'Containers with capabilities are not admitted',
      text: 'Containers drop all capabilities unless they need one, and policies refuse others.',
      mappings: superset('PLM-WORKLOAD-CAPABILITIES-DROPPED'),
    },
    {
      id: '5.2.10',
      title: 'Windows pods that run as the host are not admitted',
      text: 'No pod has `hostProcess: true` in its Windows options, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-PROCESS'),
    },
    {
      id: '5.2.11',
      title: 'Pods with paths of the host are not admitted',
      text: 'No pod has a `hostPath` volume, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-PATH'),
    },
    {
      id: '5.2.12',
      title: 'Containers with ports of the host are not admitted',
      text: 'No container names a `hostPort`, and policies refuse them.',
      mappings: superset('PLM-WORKLOAD-HOST-PORT'),
    },
  ]),
  ...section('5.3 Network policies and CNI', [
    {
      id: '5.3.1',
      title: 'The network plugin enforces network policies',
      text: 'The cluster’s network plugin supports NetworkPolicy: without it policies are written and nothing follows.',
      mappings: exact('PLM-NETWORK-POLICIES-ENFORCED'),
    },
    {
      id: '5.3.2',
      title: 'Each namespace has network policies',
      text: 'No namespace with pods is without a NetworkPolicy.',
      mappings: exact('PLM-NETWORK-NAMESPACE-POLICY'),
    },
  ]),
  ...section('5.4 Secrets', [
    {
      id: '5.4.1',
      title: 'Secrets are mounted as files',
      text: 'Pods get secrets as files and not as variables, which end up in logs and in child processes.',
      mappings: exact('PLM-SECRETS-AS-FILES'),
    },
    {
      id: '5.4.2',
      title: 'A store outside of the cluster is considered',
      text: 'Where the secrets of the cluster do not suffice (no rotation, no audit of reads), an external store holds them.',
      mappings: exact('PLM-SECRETS-EXTERNAL-STORE'),
    },
  ]),
  ...section('5.5 Admission of images', [
    {
      id: '5.5.1',
      title: 'Images are admitted by where they come from',
      text: 'Admission (ImagePolicyWebhook or another controller) refuses images whose origin is not proved.',
      mappings: intersects('PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED'),
    },
  ]),
  ...section('5.6 General policies', [
    {
      id: '5.6.1',
      title: 'Namespaces are borders of administration',
      text: 'Teams, tenants and stages have namespaces of their own, with roles and quotas in them.',
      mappings: intersects('PLM-ACCESS-PLATFORM-TEAM-SCOPED', 'PLM-WORKLOAD-DEFAULT-NAMESPACE'),
    },
    {
      id: '5.6.2',
      title: 'Pods ask for the filter of system calls of the runtime',
      text: 'Pods have the seccomp profile `RuntimeDefault` (formerly `docker/default`) or a stricter one.',
      mappings: superset('PLM-WORKLOAD-SECCOMP-PROFILE', 'PLM-WORKLOAD-SECCOMP-ON'),
    },
    {
      id: '5.6.3',
      title: 'Pods and containers have a security context',
      text: 'Each pod or container says which user, rights and file system it runs with, instead of leaving it to defaults.',
      mappings: superset('PLM-WORKLOAD-SECURITY-CONTEXT'),
    },
    {
      id: '5.6.4',
      title: 'The namespace default is not used',
      text: 'Workloads are in namespaces that were made for them.',
      mappings: exact('PLM-WORKLOAD-DEFAULT-NAMESPACE'),
    },
  ]),
];
