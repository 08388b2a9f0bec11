import { REMOVE, WRITE } from '../right.ts';
import type { RightCheck } from '../right-check.ts';

/** Rights on settings of others, and on where traffic goes. */
export const trafficRights: readonly RightCheck[] = [
  {
    id: 'kubernetes-role-configmaps',
    title: 'ConfigMaps may be written',
    severity: 'medium',
    aliases: ['KSV-0049'],
    rationale:
      'Settings of other programs are ConfigMaps; in kube-system those of the name service and of sign-in are.',
    remediation: 'Name the ConfigMaps in resourceNames, and bind the role in the namespace where they are.',
    rights: [{ group: '', resources: ['configmaps'], verbs: [...WRITE, ...REMOVE], names: [] }],
  },
  {
    id: 'kubernetes-role-networking',
    title: 'How traffic reaches pods may be changed',
    severity: 'medium',
    aliases: ['KSV-0056'],
    rationale:
      'Traffic of others can be led to oneself, services opened to the outside, and the policies between pods taken away.',
    remediation: 'Leave services, endpoints, ingresses and network policies to the pipeline.',
    rights: [
      { group: '', resources: ['services', 'services/status', 'endpoints'], verbs: [...WRITE, ...REMOVE] },
      { group: 'networking.k8s.io', resources: ['networkpolicies', 'ingresses'], verbs: [...WRITE, ...REMOVE] },
      { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: WRITE },
    ],
  },
];
