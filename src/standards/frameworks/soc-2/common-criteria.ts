import { intersects, section, superset } from '../clauses.ts';

export const commonCriteria = [
  ...section('CC5 Control activities', [
    {
      id: 'CC5.1',
      title: 'Measures against risks',
      text: 'The organisation chooses and builds measures that bring its risks down to what it can bear.',
      mappings: superset('PLM-PROCESS-RISK-ASSESSMENT'),
    },
    {
      id: 'CC5.2',
      title: 'Measures in technology',
      text: 'Among them are general measures in its technology: in infrastructure, access, and how software is bought, made and maintained.',
      mappings: intersects(
        'PLM-WORKLOAD-POD-SECURITY-ENFORCED',
        'PLM-CONTROL-PLANE-ADMISSION-POLICY',
        'PLM-PROCESS-SECURE-DEVELOPMENT',
      ),
    },
    {
      id: 'CC5.3',
      title: 'Policies and procedures',
      text: 'Policies say what is expected, and procedures put them into action.',
      mappings: intersects('PLM-PROCESS-POLICY', 'PLM-PROCESS-MONITORING'),
    },
  ]),
  ...section('CC6 Logical and physical access', [
    {
      id: 'CC6.1',
      title: 'Access to systems and data is protected',
      text: 'Software, infrastructure and architecture keep everybody out who may not use protected information: identities, sign-in, rights, borders in the network, encryption and its keys.',
      mappings: intersects(
        'PLM-CONTROL-PLANE-API-ANONYMOUS',
        'PLM-CONTROL-PLANE-API-AUTHORISATION',
        'PLM-CONTROL-PLANE-API-RBAC',
        'PLM-CONTROL-PLANE-ENCRYPTION-AT-REST',
        'PLM-NODE-KUBELET-ANONYMOUS',
        'PLM-NODE-KUBELET-AUTHORISATION',
        'PLM-ACCESS-NO-ANONYMOUS-RIGHTS',
        'PLM-ACCESS-SERVICE-SIGN-IN',
        'PLM-NETWORK-INGRESS-LIMITED',
        'PLM-PROCESS-KEY-MANAGEMENT',
      ),
    },
    {
      id: 'CC6.2',
      title: 'Users are registered first and removed in the end',
      text: 'Who gets credentials was registered and authorized before; credentials are taken away when access is no longer authorized.',
      mappings: intersects('PLM-ACCESS-FEDERATED-USERS', 'PLM-ACCESS-REVIEWED', 'PLM-ACCESS-USER-CERTIFICATES'),
    },
    {
      id: 'CC6.3',
      title: 'Rights by role, as few as possible, with duties apart',
      text: 'Access to data and systems is given, changed and taken away by role and duty; nobody has more rights than needed, nor duties that do not go together.',
      mappings: intersects(
        'PLM-ACCESS-CLUSTER-ADMIN',
        'PLM-ACCESS-WILDCARDS',
        'PLM-ACCESS-ROLE-SECRETS',
        'PLM-ACCESS-ROLE-ESCALATE',
        'PLM-ACCESS-ROLE-BIND',
        'PLM-ACCESS-ROLE-IMPERSONATE',
        'PLM-ACCESS-DUTIES-SEPARATED',
      ),
    },
    {
      id: 'CC6.4',
      title: 'Access to buildings and machines',
      text: 'Only authorized people reach data centres, backup media and other sensitive places.',
      mappings: superset('PLM-HOST-PHYSICAL'),
    },
    {
      id: 'CC6.5',
      title: 'Disposal',
      text: 'Protection of devices ends only when nobody can read data or software from them any more.',
      mappings: superset('PLM-PROCESS-DISPOSAL'),
    },
    {
      id: 'CC6.6',
      title: 'Threats from outside of the system',
      text: 'Measures protect against whatever comes from beyond the borders of the system.',
      mappings: intersects(
        'PLM-NETWORK-INGRESS-LIMITED',
        'PLM-NETWORK-INGRESS-NOT-OPEN',
        'PLM-NETWORK-ADMIN-PORT',
        'PLM-NETWORK-DATA-STORES-PRIVATE',
        'PLM-CONTROL-PLANE-EXPOSED',
        'PLM-NETWORK-PERIMETER',
      ),
    },
    {
      id: 'CC6.7',
      title: 'Transmission, movement and removal of information',
      text: 'Information leaves and moves only with authorized people and processes, and is protected on its way.',
      mappings: intersects(
        'PLM-NETWORK-INGRESS-TLS',
        'PLM-NETWORK-INGRESS-TLS-ONLY',
        'PLM-NETWORK-TRAFFIC-ENCRYPTED',
        'PLM-NETWORK-EGRESS-LIMITED',
        'PLM-NETWORK-EGRESS-NOT-OPEN',
      ),
    },
    {
      id: 'CC6.8',
      title: 'Unauthorized and malicious software',
      text: 'Software that was not authorized, or that is malicious, is prevented, or found and acted on.',
      mappings: intersects(
        'PLM-IMAGE-NO-MALWARE',
        'PLM-WORKLOAD-READ-ONLY-ROOT',
        'PLM-SUPPLY-CHAIN-SIGNATURE-VERIFIED',
        'PLM-DETECTION-MALWARE-AT-RUNTIME',
        'PLM-DETECTION-ROGUE',
      ),
    },
  ]),
  ...section('CC7 System operations', [
    {
      id: 'CC7.1',
      title: 'Vulnerabilities and changes of configuration are noticed',
      text: 'Changes of configuration that open holes are detected, and so are vulnerabilities that become known.',
      mappings: intersects(
        'PLM-IMAGE-NO-CRITICAL-VULNERABILITIES',
        'PLM-REGISTRY-SCANNED',
        'PLM-HOST-INTEGRITY-WATCHED',
        'PLM-PROCESS-VULNERABILITY-MANAGEMENT',
      ),
    },
    {
      id: 'CC7.2',
      title: 'Systems are watched for what is not normal',
      text: 'Systems are monitored for signs of attack, disaster and error, and what is found is analysed.',
      mappings: intersects(
        'PLM-CONTROL-PLANE-AUDIT-LOG',
        'PLM-CONTROL-PLANE-AUDIT-POLICY',
        'PLM-DETECTION-CONTAINER-LOGS',
        'PLM-DETECTION-BEHAVIOUR',
        'PLM-DETECTION-LOGS-REVIEWED',
      ),
    },
    {
      id: 'CC7.3',
      title: 'Events are judged',
      text: 'Security events are judged: whether they are incidents, and what has to be done.',
      mappings: superset('PLM-PROCESS-INCIDENT-RESPONSE'),
    },
    {
      id: 'CC7.4',
      title: 'Incidents are answered',
      text: 'Incidents are understood, contained, mended and told by a plan.',
      mappings: superset('PLM-PROCESS-INCIDENT-RESPONSE'),
    },
    {
      id: 'CC7.5',
      title: 'Recovery',
      text: 'What is needed to recover from incidents is worked out, done and tried.',
      mappings: intersects('PLM-PROCESS-CONTINUITY', 'PLM-PROCESS-BACKUP'),
    },
  ]),
  ...section('CC8 Change management', [
    {
      id: 'CC8.1',
      title: 'Changes are authorized, made, tested and approved',
      text: 'Changes of infrastructure, data, software and procedures are authorized, designed, documented, tested and approved before they go into force.',
      mappings: intersects(
        'PLM-PROCESS-CHANGE-CONTROL',
        'PLM-BUILD-SOURCE-REVIEWED',
        'PLM-PROCESS-ENVIRONMENTS',
        'PLM-SUPPLY-CHAIN-IMAGE-TAG',
      ),
    },
  ]),
  ...section('CC9 Risk mitigation', [
    {
      id: 'CC9.1',
      title: 'Interruptions of the business',
      text: 'Risks that come from interruptions of the business are found and reduced.',
      mappings: superset('PLM-PROCESS-CONTINUITY'),
    },
    {
      id: 'CC9.2',
      title: 'Vendors and partners',
      text: 'Risks that come with vendors and partners are assessed and managed.',
      mappings: superset('PLM-PROCESS-SUPPLIERS', 'PLM-SUPPLY-CHAIN-SUPPLIERS-ASSESSED'),
    },
  ]),
];
