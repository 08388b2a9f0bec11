import type { Check } from '../check.ts';
import { admissionChecks } from './admission.ts';
import { nodeChecks } from './nodes.ts';
import { pathChecks } from './paths/index.ts';
import { versionChecks } from './versions.ts';

export const clusterChecks: readonly Check<'cluster'>[] = [
  ...versionChecks,
  ...admissionChecks,
  ...nodeChecks,
  ...pathChecks,
];
