import type { Framework } from '../../framework.ts';
import { apiServer } from './api-server.ts';
import { controlPlane } from './control-plane.ts';
import { controlPlaneFiles } from './control-plane-files.ts';
import { nodes } from './nodes.ts';
import { policies } from './policies.ts';

/** Only the numbers are the publisher's; the words are ours. Version 1.12 is for Kubernetes 1.32 to 1.34. */
export const cisKubernetes: Framework = {
  id: 'cis-kubernetes',
  title: 'CIS Kubernetes Benchmark',
  publisher: 'Center for Internet Security',
  version: '1.12',
  wording: 'own',
  references: ['https://www.cisecurity.org/benchmark/kubernetes'],
  clauses: [...controlPlaneFiles, ...apiServer, ...controlPlane, ...nodes, ...policies],
};
