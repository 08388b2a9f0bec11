import { intersects, section } from '../clauses.ts';

export const discovery = section('Discovery', [
  {
    id: 'T1613',
    title: 'Container and Resource Discovery',
    text: 'Attackers ask engine, orchestrator or dashboard what there is.',
    mappings: intersects(
      'PLM-ACCESS-TOKEN-MOUNTED',
      'PLM-ACCESS-NO-ANONYMOUS-RIGHTS',
      'PLM-ACCESS-NO-RIGHTS-FOR-EVERYBODY',
      'PLM-NODE-KUBELET-READ-ONLY-PORT',
      'PLM-CONTROL-PLANE-API-ANONYMOUS',
      'PLM-WORKLOAD-ENGINE-SOCKET',
      'PLM-WORKLOAD-NO-DASHBOARD',
    ),
  },
  {
    id: 'T1046',
    title: 'Network Service Discovery',
    text: 'Attackers look for services in the network that they can reach.',
    mappings: intersects(
      'PLM-NETWORK-INGRESS-LIMITED',
      'PLM-NETWORK-EGRESS-LIMITED',
      'PLM-NETWORK-NAMESPACE-POLICY',
      'PLM-NETWORK-DEFAULT-BRIDGE',
      'PLM-WORKLOAD-HOST-NETWORK',
      'PLM-WORKLOAD-CAPABILITY-NET-RAW',
      'PLM-NETWORK-FLOWS-WATCHED',
    ),
  },
  {
    id: 'T1069',
    title: 'Permission Groups Discovery',
    text: 'Attackers find out which rights accounts have.',
    mappings: intersects(
      'PLM-ACCESS-TOKEN-MOUNTED',
      'PLM-ACCESS-NO-RIGHTS-FOR-EVERYBODY',
      'PLM-CONTROL-PLANE-AUDIT-LOG',
    ),
  },
]);
