import type { Framework } from '../../framework.ts';
import { credentialAccess } from './credential-access.ts';
import { defenseEvasion } from './defense-evasion.ts';
import { discovery } from './discovery.ts';
import { execution } from './execution.ts';
import { impact } from './impact.ts';
import { initialAccess } from './initial-access.ts';
import { persistence } from './persistence.ts';
import { privilegeEscalation } from './privilege-escalation.ts';

/**
 * The techniques for the platform Containers, each under the first tactic that has it; controls make a technique harder or noticed, none
 * ends it. Names and numbers are of MITRE ATT&CK, © The MITRE Corporation; the other words are ours.
 */
export const mitreAttackContainers: Framework = {
  id: 'mitre-attack-containers',
  title: 'MITRE ATT&CK for Containers',
  publisher: 'The MITRE Corporation',
  version: '18.1',
  wording: 'own',
  references: [
    'https://attack.mitre.org/matrices/enterprise/containers/',
    'https://attack.mitre.org/resources/legal-and-branding/terms-of-use/',
  ],
  clauses: [
    ...initialAccess,
    ...execution,
    ...persistence,
    ...privilegeEscalation,
    ...defenseEvasion,
    ...credentialAccess,
    ...discovery,
    ...impact,
  ],
};
