import { intersects, section } from '../clauses.ts';

export const impact = section('Impact', [
  {
    id: 'T1485',
    title: 'Data Destruction',
    text: 'Attackers delete data of workloads or the cluster.',
    mappings: intersects(
      'PLM-PROCESS-BACKUP',
      'PLM-CONTROL-PLANE-ETCD-BACKUP',
      'PLM-CONTROL-PLANE-ETCD-CLIENT-CERTIFICATES',
      'PLM-ACCESS-CLUSTER-ADMIN',
      'PLM-ACCESS-SERVICE-SIGN-IN',
      'PLM-NETWORK-DATA-STORES-PRIVATE',
    ),
  },
  {
    id: 'T1490',
    title: 'Inhibit System Recovery',
    text: 'Attackers remove what would help to recover, such as snapshots and backups.',
    mappings: intersects('PLM-PROCESS-BACKUP', 'PLM-PROCESS-CONTINUITY', 'PLM-CONTROL-PLANE-ETCD-BACKUP'),
  },
  {
    id: 'T1496',
    title: 'Resource Hijacking',
    text: 'Attackers use processors, memory or network for their own ends.',
    mappings: intersects(
      'PLM-WORKLOAD-CPU-LIMIT',
      'PLM-WORKLOAD-MEMORY-LIMIT',
      'PLM-WORKLOAD-NAMESPACE-QUOTA',
      'PLM-NETWORK-EGRESS-LIMITED',
      'PLM-DETECTION-BEHAVIOUR',
    ),
  },
  {
    id: 'T1496.001',
    title: 'Resource Hijacking: Compute Hijacking',
    text: 'Attackers mine currencies with the processors of the cluster.',
    mappings: intersects(
      'PLM-WORKLOAD-CPU-LIMIT',
      'PLM-WORKLOAD-NAMESPACE-QUOTA',
      'PLM-IMAGE-NO-MALWARE',
      'PLM-NETWORK-EGRESS-LIMITED',
      'PLM-DETECTION-BEHAVIOUR',
      'PLM-DETECTION-MALWARE-AT-RUNTIME',
    ),
  },
  {
    id: 'T1496.002',
    title: 'Resource Hijacking: Bandwidth Hijacking',
    text: 'Attackers sell or use the network of the victim.',
    mappings: intersects('PLM-NETWORK-EGRESS-LIMITED', 'PLM-NETWORK-EGRESS-NOT-OPEN', 'PLM-NETWORK-FLOWS-WATCHED'),
  },
  {
    id: 'T1498',
    title: 'Network Denial of Service',
    text: 'Attackers fill the network so that a service cannot be reached.',
    mappings: intersects(
      'PLM-NETWORK-PERIMETER',
      'PLM-NETWORK-LOAD-BALANCER-LIMITED',
      'PLM-WORKLOAD-REPLICAS',
      'PLM-PROCESS-CAPACITY',
    ),
  },
  {
    id: 'T1499',
    title: 'Endpoint Denial of Service',
    text: 'Attackers use up what a service or host has, or crash it.',
    mappings: intersects(
      'PLM-WORKLOAD-MEMORY-LIMIT',
      'PLM-WORKLOAD-CPU-LIMIT',
      'PLM-WORKLOAD-PIDS-LIMIT',
      'PLM-WORKLOAD-STORAGE-LIMIT',
      'PLM-WORKLOAD-RESTARTS-BOUNDED',
      'PLM-WORKLOAD-LIVENESS',
      'PLM-WORKLOAD-REPLICAS',
      'PLM-CONTROL-PLANE-API-EVENT-RATE',
    ),
  },
]);
