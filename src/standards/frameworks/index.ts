import type { Framework } from '../framework.ts';
import { cisDocker } from './cis-docker/index.ts';
import { cisKubernetes } from './cis-kubernetes/index.ts';

/** Every framework, a file or folder for each. */
export const frameworks: readonly Framework[] = [cisDocker, cisKubernetes];
