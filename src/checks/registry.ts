import type { Check } from './check.ts';
import { clusterChecks } from './cluster/index.ts';
import { composeChecks } from './compose/index.ts';
import { containerChecks } from './container/index.ts';
import { dockerHostChecks } from './docker-host/index.ts';
import { dockerfileChecks } from './dockerfile/index.ts';
import { hostChecks } from './host/index.ts';
import { imageConfigChecks } from './image-config/index.ts';
import { kubernetesChecks } from './kubernetes/index.ts';

/** All checks, one line a subject. */
export const checks: readonly Check[] = [
  ...clusterChecks,
  ...composeChecks,
  ...containerChecks,
  ...dockerHostChecks,
  ...dockerfileChecks,
  ...hostChecks,
  ...imageConfigChecks,
  ...kubernetesChecks,
];
