import { apiServerAccessFlags } from './api-server-access.ts';
import { apiServerAdmissionFlags } from './api-server-admission.ts';
import { apiServerAuditFlags } from './api-server-audit.ts';
import { apiServerTransportFlags } from './api-server-transport.ts';
import { controllerFlags } from './controllers.ts';
import { etcdFlags } from './etcd.ts';
import type { FlagRule } from './flag-rule.ts';

/** What benchmarks of the control plane ask of its options, apart from what is about files of the node. */
export const FLAGS: readonly FlagRule[] = [
  ...apiServerAccessFlags,
  ...apiServerAdmissionFlags,
  ...apiServerAuditFlags,
  ...apiServerTransportFlags,
  ...controllerFlags,
  ...etcdFlags,
];
