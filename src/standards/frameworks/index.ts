import type { Framework } from '../framework.ts';
import { cisDocker } from './cis-docker/index.ts';
import { cisKubernetes } from './cis-kubernetes/index.ts';
import { hipaaSecurity } from './hipaa-security/index.ts';
import { iso27001 } from './iso-27001/index.ts';
import { pciDss } from './pci-dss/index.ts';
import { soc2 } from './soc-2/index.ts';

/** Every framework, a file or folder for each. */
export const frameworks: readonly Framework[] = [cisDocker, cisKubernetes, hipaaSecurity, iso27001, pciDss, soc2];
