import { intersects, section } from '../clauses.ts';

export const persistence = section('Persistence', [
  {
    id: 'T1525',
    title: 'Implant Internal Image',
    text: "Attackers put a back door into an image of the organisation's own registry.",
    mappings: intersects(
      'PLM-REGISTRY-WRITE-ACCESS',
      'PLM-REGISTRY-IMMUTABLE-TAGS',
      'PLM-REGISTRY-AUDIT',
      'PLM-SUPPLY-CHAIN-SIGNED',
      'PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED',
      'PLM-SUPPLY-CHAIN-IMAGE-DIGEST',
      'PLM-IMAGE-NO-MALWARE',
      'PLM-BUILD-SERVICE',
    ),
  },
  {
    id: 'T1098',
    title: 'Account Manipulation',
    text: 'Attackers change accounts to keep or widen their access.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-WRITES-RIGHTS',
      'PLM-ACCESS-ROLE-ESCALATE',
      'PLM-ACCESS-ROLE-BIND',
      'PLM-ACCESS-REVIEWED',
      'PLM-DETECTION-SERVICES-WATCHED',
    ),
  },
  {
    id: 'T1098.006',
    title: 'Account Manipulation: Additional Container Cluster Roles',
    text: 'Attackers bind further roles to an account that is theirs.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-WRITES-RIGHTS',
      'PLM-ACCESS-ROLE-ESCALATE',
      'PLM-ACCESS-ROLE-BIND',
      'PLM-ACCESS-ROLE-AGGREGATION',
      'PLM-ACCESS-CLUSTER-ADMIN',
      'PLM-CONTROL-PLANE-API-RBAC',
      'PLM-CONTROL-PLANE-AUDIT-LOG',
    ),
  },
  {
    id: 'T1136',
    title: 'Create Account',
    text: 'Attackers make accounts to come back with.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-CERTIFICATES',
      'PLM-ACCESS-ROLE-TOKENS',
      'PLM-ACCESS-ROLE-CLOUD-SIGN-IN',
      'PLM-ACCESS-REVIEWED',
    ),
  },
  {
    id: 'T1136.001',
    title: 'Create Account: Local Account',
    text: 'Attackers make accounts on hosts, in images or service accounts in the cluster.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-WRITES-RIGHTS',
      'PLM-WORKLOAD-READ-ONLY-ROOT',
      'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
      'PLM-HOST-INTEGRITY-WATCHED',
    ),
  },
  {
    id: 'T1543',
    title: 'Create or Modify System Process',
    text: 'Attackers make or change services so that their code starts with the system.',
    mappings: intersects(
      'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
      'PLM-WORKLOAD-HOST-PATH-READ-ONLY',
      'PLM-WORKLOAD-PRIVILEGED',
      'PLM-HOST-INTEGRITY-WATCHED',
    ),
  },
  {
    id: 'T1543.005',
    title: 'Create or Modify System Process: Container Service',
    text: 'Attackers have an engine or orchestrator start their container again and again, such as by a DaemonSet, a static pod or a restart policy.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-WORKLOADS',
      'PLM-WORKLOAD-ENGINE-SOCKET',
      'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
      'PLM-CONTROL-PLANE-FILES-MANIFESTS-MODE',
      'PLM-WORKLOAD-RESTARTS-BOUNDED',
      'PLM-RUNTIME-ROOTLESS',
      'PLM-DETECTION-ROGUE',
    ),
  },
]);
