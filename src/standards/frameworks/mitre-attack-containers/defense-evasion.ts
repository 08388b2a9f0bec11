import { intersects, section } from '../clauses.ts';

export const defenseEvasion = section('Defense Evasion', [
  {
    id: 'T1612',
    title: 'Build Image on Host',
    text: 'Attackers build their image on the host, so that no registry and no scan sees it.',
    mappings: intersects(
      'PLM-WORKLOAD-ENGINE-SOCKET',
      'PLM-RUNTIME-API-TLS',
      'PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED',
      'PLM-NETWORK-EGRESS-LIMITED',
      'PLM-DETECTION-ROGUE',
    ),
  },
  {
    id: 'T1036',
    title: 'Masquerading',
    text: 'Attackers give what is theirs the look of something that belongs there.',
    mappings: intersects(
      'PLM-WORKLOAD-SYSTEM-NAMESPACE',
      'PLM-SUPPLY-CHAIN-IMAGE-DIGEST',
      'PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED',
      'PLM-DETECTION-ROGUE',
    ),
  },
  {
    id: 'T1036.005',
    title: 'Masquerading: Match Legitimate Resource Name or Location',
    text: 'Attackers name containers, images or namespaces like those of the system.',
    mappings: intersects(
      'PLM-WORKLOAD-SYSTEM-NAMESPACE',
      'PLM-SUPPLY-CHAIN-IMAGE-DIGEST',
      'PLM-SUPPLY-CHAIN-TRUSTED-REGISTRIES',
      'PLM-IMAGE-SEARCH-PATH',
      'PLM-DETECTION-ROGUE',
    ),
  },
  {
    id: 'T1036.010',
    title: 'Masquerading: Masquerade Account Name',
    text: 'Attackers name accounts like those of the system.',
    mappings: intersects('PLM-ACCESS-REVIEWED', 'PLM-ACCESS-ROLE-WRITES-RIGHTS', 'PLM-CONTROL-PLANE-AUDIT-LOG'),
  },
  {
    id: 'T1070',
    title: 'Indicator Removal',
    text: 'Attackers delete logs, events and containers that would show what they did.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-DELETE-TRACES',
      'PLM-DETECTION-LOGS-PROTECTED',
      'PLM-RUNTIME-CENTRAL-LOGS',
      'PLM-CONTROL-PLANE-AUDIT-BACKUPS',
      'PLM-WORKLOAD-READ-ONLY-ROOT',
    ),
  },
  {
    id: 'T1550',
    title: 'Use Alternate Authentication Material',
    text: 'Attackers use tokens or certificates instead of passwords.',
    mappings: intersects(
      'PLM-ACCESS-TOKEN-LIFETIME',
      'PLM-ACCESS-TOKEN-MOUNTED',
      'PLM-CONTROL-PLANE-API-TOKEN-LOOKUP',
      'PLM-SECRETS-ROTATED',
    ),
  },
  {
    id: 'T1550.001',
    title: 'Use Alternate Authentication Material: Application Access Token',
    text: 'Attackers use a token of an application or service account.',
    mappings: intersects(
      'PLM-ACCESS-TOKEN-LIFETIME',
      'PLM-ACCESS-TOKEN-MOUNTED',
      'PLM-ACCESS-OWN-SERVICE-ACCOUNT',
      'PLM-CONTROL-PLANE-API-TOKEN-LOOKUP',
      'PLM-CONTROL-PLANE-API-TOKEN-EXTENSION',
    ),
  },
  {
    id: 'T1562',
    title: 'Impair Defenses',
    text: 'Attackers hinder what protects and watches.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-ADMISSION',
      'PLM-ACCESS-ROLE-NAMESPACES',
      'PLM-DETECTION-SELF-WATCHED',
      'PLM-WORKLOAD-POD-SECURITY-ENFORCED',
    ),
  },
  {
    id: 'T1562.001',
    title: 'Impair Defenses: Disable or Modify Tools',
    text: 'Attackers stop agents, or change policies so that nothing is refused or seen.',
    mappings: intersects(
      'PLM-ACCESS-ROLE-ADMISSION',
      'PLM-ACCESS-ROLE-NAMESPACES',
      'PLM-CONTROL-PLANE-API-ALWAYS-ADMIT',
      'PLM-WORKLOAD-CRITICAL-PRIORITY',
      'PLM-WORKLOAD-HOST-PID',
      'PLM-DETECTION-SELF-WATCHED',
    ),
  },
]);
