import type { DockerfileCheck } from './rule.ts';
import { aptChecks } from './rules/apt.ts';
import { baseImageChecks } from './rules/base-image.ts';
import { copyChecks } from './rules/copy.ts';
import { downloadChecks } from './rules/downloads.ts';
import { instructionChecks } from './rules/instructions.ts';
import { languageChecks } from './rules/languages.ts';
import { networkChecks } from './rules/network.ts';
import { packageChecks } from './rules/packages.ts';
import { secretChecks } from './rules/secrets.ts';
import { userChecks } from './rules/users.ts';

/** All checks of Dockerfiles, by topic. */
export const dockerfileChecks: readonly DockerfileCheck[] = [
  ...baseImageChecks,
  ...copyChecks,
  ...userChecks,
  ...secretChecks,
  ...downloadChecks,
  ...aptChecks,
  ...packageChecks,
  ...languageChecks,
  ...networkChecks,
  ...instructionChecks,
];
