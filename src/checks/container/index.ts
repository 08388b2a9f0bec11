import type { Check } from '../check.ts';
import { hostAccessChecks } from './host-access.ts';
import { networkChecks } from './network.ts';
import { resourceChecks } from './resources.ts';
import { rightsChecks } from './rights.ts';

export { type ContainerSubject, containersIn } from './subject.ts';

/** What is asked of each running container of a machine. */
export const containerChecks: readonly Check<'container'>[] = [
  ...rightsChecks,
  ...hostAccessChecks,
  ...resourceChecks,
  ...networkChecks,
];
