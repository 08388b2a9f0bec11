import type { Check } from '../check.ts';
import { auditChecks } from './audit.ts';
import { daemonChecks } from './daemon.ts';
import { fileChecks } from './files.ts';
import { hostChecks } from './host.ts';
import { sprawlChecks } from './sprawl.ts';
import { swarmChecks } from './swarm.ts';

/** What is asked of a machine that runs Docker. */
export const dockerHostChecks: readonly Check<'docker-host'>[] = [
  ...hostChecks,
  ...auditChecks,
  ...daemonChecks,
  ...fileChecks,
  ...sprawlChecks,
  ...swarmChecks,
];
