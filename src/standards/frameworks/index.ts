import type { Framework } from '../framework.ts';
import { cisDocker } from './cis-docker/index.ts';
import { cisKubernetes } from './cis-kubernetes/index.ts';
import { hipaaSecurity } from './hipaa-security/index.ts';
import { iso27001 } from './iso-27001/index.ts';
import { mitreAttackContainers } from './mitre-attack-containers/index.ts';
import { nist80053 } from './nist-800-53/index.ts';
import { nist800190 } from './nist-800-190/index.ts';
import { nsaKubernetes } from './nsa-kubernetes/index.ts';
import { pciDss } from './pci-dss/index.ts';
import { podSecurityStandards } from './pod-security-standards/index.ts';
import { soc2 } from './soc-2/index.ts';

/** Every framework, a file or folder for each. */
export const frameworks: readonly Framework[] = [
  podSecurityStandards,
  nsaKubernetes,
  nist800190,
  nist80053,
  mitreAttackContainers,
  cisDocker,
  cisKubernetes,
  hipaaSecurity,
  iso27001,
  pciDss,
  soc2,
];
