import { section, superset } from '../clauses.ts';

export const upgrading = section('Upgrading and application security practices', [
  {
    id: '5.1',
    title: 'Patches and updates',
    text: 'Immediately apply security patches and updates to Kubernetes, hosts, engines and applications.',
    mappings: superset(
      'PLM-CONTROL-PLANE-SUPPORTED-VERSION',
      'PLM-HOST-PATCHED',
      'PLM-RUNTIME-PATCHED',
      'PLM-CONTROL-PLANE-VERSION-SUPPORTED',
      'PLM-IMAGE-NO-HIGH-VULNERABILITIES',
      'PLM-IMAGE-SUPPORTED-BASE',
      'PLM-WORKLOAD-SUPPORTED-API',
    ),
  },
  {
    id: '5.2',
    title: 'Vulnerability scans and penetration tests',
    text: 'Perform periodic vulnerability scans and penetration tests on the components of the cluster.',
    mappings: superset('PLM-PROCESS-TESTING', 'PLM-REGISTRY-SCANNED'),
  },
  {
    id: '5.3',
    title: 'Removal of what is unused',
    text: 'Remove components from the environment when they are no longer needed.',
    mappings: superset(
      'PLM-WORKLOAD-NO-TILLER',
      'PLM-WORKLOAD-NO-DASHBOARD',
      'PLM-DETECTION-IMAGE-SPRAWL',
      'PLM-DETECTION-CONTAINER-SPRAWL',
    ),
  },
]);
