import { exact, intersects, section, superset } from '../clauses.ts';

export const logging = section('Audit logging and threat detection', [
  {
    id: '4.1',
    title: 'Logging at all levels',
    text: 'Logging should be performed at the host level, application level, and on the cloud if applicable.',
    mappings: superset('PLM-DETECTION-CONTAINER-LOGS', 'PLM-HOST-SIGN-INS', 'PLM-RUNTIME-LOG-LEVEL'),
  },
  {
    id: '4.2',
    title: 'Native audit logging',
    text: 'Enable audit logging of the API server, with a policy that says which events are recorded, and a backend that keeps them.',
    mappings: superset(
      'PLM-CONTROL-PLANE-AUDIT-LOG',
      'PLM-CONTROL-PLANE-AUDIT-POLICY',
      'PLM-CONTROL-PLANE-AUDIT-COVERAGE',
      'PLM-CONTROL-PLANE-AUDIT-AGE',
      'PLM-CONTROL-PLANE-AUDIT-BACKUPS',
      'PLM-CONTROL-PLANE-AUDIT-SIZE',
    ),
  },
  {
    id: '4.3',
    title: 'Worker node and container logging',
    text: 'Collect logs of nodes and containers by agents, so that they outlive the containers.',
    mappings: superset('PLM-RUNTIME-CENTRAL-LOGS', 'PLM-NODE-KUBELET-EVENTS'),
  },
  {
    id: '4.4',
    title: 'Seccomp audit mode',
    text: 'Record the system calls of containers, so that anomalous behavior can be told from the normal.',
    mappings: intersects('PLM-DETECTION-BEHAVIOUR'),
  },
  {
    id: '4.5',
    title: 'Syslog',
    text: 'Aggregate the logs of hosts by syslog on servers of their own, encrypted on their way.',
    mappings: intersects('PLM-DETECTION-LOGS-PROTECTED', 'PLM-RUNTIME-CENTRAL-LOGS'),
  },
  {
    id: '4.6',
    title: 'SIEM platforms',
    text: 'Collect and correlate logs in a platform made for it, and search them for malicious activity.',
    mappings: superset('PLM-DETECTION-LOGS-REVIEWED', 'PLM-DETECTION-SERVICES-WATCHED'),
  },
  {
    id: '4.7',
    title: 'Service meshes',
    text: 'Use service meshes to encrypt, control and log traffic between microservices.',
    mappings: intersects('PLM-NETWORK-TRAFFIC-ENCRYPTED', 'PLM-NETWORK-FLOWS-WATCHED'),
  },
  {
    id: '4.8',
    title: 'Fault tolerance',
    text: 'Keep logs available when the logging service fails, by policies that say what happens then, and by local storage.',
    mappings: superset('PLM-DETECTION-LOGS-KEPT', 'PLM-DETECTION-SELF-WATCHED'),
  },
  {
    id: '4.9',
    title: 'Threat detection and alerting',
    text: 'Compare logs to the baseline of normal activities, and alert administrators of changes, of new rights, of use of resources and of what containers should not do.',
    mappings: superset(
      'PLM-DETECTION-ALERTS',
      'PLM-DETECTION-BEHAVIOUR',
      'PLM-DETECTION-SERVICES-WATCHED',
      'PLM-DETECTION-INTERACTIVE',
    ),
  },
  {
    id: '4.10',
    title: 'Audit of rights',
    text: 'RBAC policy configurations should be audited periodically and whenever changes occur to the organization’s system administrators.',
    mappings: exact('PLM-ACCESS-REVIEWED'),
  },
]);
