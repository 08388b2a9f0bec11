import { intersects, section, superset } from '../clauses.ts';

export const categories = [
  ...section('A1 Availability', [
    {
      id: 'A1.1',
      title: 'Capacity',
      text: 'The use of processors, memory and storage is watched, and capacity is added before it runs out.',
      mappings: intersects(
        'PLM-WORKLOAD-MEMORY-LIMIT',
        'PLM-WORKLOAD-RESOURCE-REQUESTS',
        'PLM-WORKLOAD-NAMESPACE-QUOTA',
        'PLM-PROCESS-CAPACITY',
      ),
    },
    {
      id: 'A1.2',
      title: 'Redundancy, backups and protection of the environment',
      text: 'There are spares, backups, and whatever else is needed to be available again, and they are maintained.',
      mappings: intersects('PLM-WORKLOAD-REPLICAS', 'PLM-PROCESS-BACKUP', 'PLM-CONTROL-PLANE-ETCD-BACKUP'),
    },
    {
      id: 'A1.3',
      title: 'Recovery is tried',
      text: 'The procedures of recovery are tested.',
      mappings: superset('PLM-PROCESS-CONTINUITY', 'PLM-PROCESS-BACKUP'),
    },
  ]),
  ...section('C1 Confidentiality', [
    {
      id: 'C1.1',
      title: 'Confidential information is known and kept',
      text: 'Confidential information is identified, and protected for as long as it is kept.',
      mappings: intersects(
        'PLM-PROCESS-DATA-CLASSIFIED',
        'PLM-SECRETS-NONE-IN-FILES',
        'PLM-SECRETS-CONFIG-MAPS',
        'PLM-SECRETS-IN-ENVIRONMENT',
        'PLM-CONTROL-PLANE-ENCRYPTION-AT-REST',
        'PLM-HOST-STORAGE-ENCRYPTED',
      ),
    },
    {
      id: 'C1.2',
      title: 'Confidential information is destroyed in the end',
      text: 'Confidential information is destroyed when it is no longer needed.',
      mappings: superset('PLM-PROCESS-DATA-RETENTION', 'PLM-PROCESS-DISPOSAL'),
    },
  ]),
];
