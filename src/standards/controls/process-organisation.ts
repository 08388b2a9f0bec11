import type { Control } from '../control.ts';
import { statement } from './evidence.ts';

export const processOrganisationControls: readonly Control[] = [
  {
    id: 'PLM-PROCESS-POLICY',
    family: 'process',
    title: 'There is a policy for the security of the container platform',
    anchors: ['PL-1', 'PM-1'],
    why: 'People need to know what is asked of them.',
    attack: 'Each team decides alone, and the weakest decision is the way in.',
    remedy: 'Write a short policy, have it approved, and renew it each year.',
    evidence: [
      statement(
        'Is there a policy for the security of the container platform that its owners approved and people know?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-ROLES',
    family: 'process',
    title: 'It is clear who is responsible for what',
    anchors: ['PM-2', 'PS-7', 'PL-4'],
    why: 'What belongs to nobody is mended by nobody.',
    attack: 'Holes stay open between teams.',
    remedy: 'Write down who is responsible for what, and keep it current.',
    evidence: [
      statement('Is it written down who is responsible for images, workloads, clusters and hosts, and do they know?'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-RISK-ASSESSMENT',
    family: 'process',
    title: 'Risks of the platform are assessed and dealt with',
    anchors: ['RA-3', 'RA-7', 'PM-9'],
    why: 'Not everything can be protected equally.',
    attack: 'What matters most is left open while effort goes elsewhere.',
    remedy: 'Assess threats and effects each year and at large changes, and decide on each risk.',
    evidence: [
      statement(
        'Are the risks of the container platform assessed at set intervals and after large changes, and decided on?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-INVENTORY',
    family: 'process',
    title: 'There is an up-to-date list of what belongs to the platform',
    anchors: ['CM-8', 'PM-5'],
    why: 'What is not known cannot be protected.',
    attack: 'Forgotten clusters and registries are the easiest targets.',
    remedy: 'Keep the list by machine, with an owner for each entry.',
    evidence: [statement('Is there an up-to-date list of clusters, hosts, registries, images and their owners?')],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-VULNERABILITY-MANAGEMENT',
    family: 'process',
    title: 'Vulnerabilities are ranked and mended within set times',
    anchors: ['RA-5', 'SI-2', 'RA-7'],
    why: 'There are always more vulnerabilities than hands.',
    attack: 'What is exploited now waits behind what is only severe on paper.',
    remedy: 'Rank by exploitation and exposure, set times, and measure them.',
    evidence: [
      statement('Are there set times for mending vulnerabilities by how serious they are, and are they kept?'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-CHANGE-CONTROL',
    family: 'process',
    title: 'Changes are asked for, tried, approved and recorded',
    anchors: ['CM-3', 'CM-4', 'CM-5'],
    why: 'Most outages and many holes come from changes.',
    attack: 'An unrecorded change opens a door that nobody remembers.',
    remedy: 'Make changes through reviewed source, and record who approved them.',
    evidence: [
      statement(
        'Is every change of the platform and its workloads recorded, tried and approved before it reaches production?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-ENVIRONMENTS',
    family: 'process',
    title: 'Development, test and production are separated',
    anchors: ['SC-2', 'CM-4', 'SA-3'],
    why: 'Tests are looser than production and should be.',
    attack: 'From a test system an attacker reaches production.',
    remedy: 'Give each environment clusters or namespaces, accounts and networks of its own.',
    evidence: [
      statement(
        'Are development, test and production in clusters or namespaces with rights and networks of their own?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-TEST-DATA',
    family: 'process',
    title: 'Production data does not get into tests',
    anchors: ['SA-3(2)', 'PM-25'],
    why: 'Test systems are less protected.',
    attack: 'Real data leaks from a test.',
    remedy: 'Use made-up or anonymised data.',
    evidence: [statement('Is live data kept out of development and test, or made harmless first?')],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-SECURE-DEVELOPMENT',
    family: 'process',
    title: 'Software is developed by rules for security',
    anchors: ['SA-3', 'SA-8', 'SA-15'],
    why: 'Holes that are not made need not be found.',
    attack: 'The same mistakes come back in each service.',
    remedy: 'Give people rules, templates and training, and check with tools.',
    evidence: [
      statement(
        'Do those who write software and manifests follow rules for secure development, and are they trained in them?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-PROCESS-TESTING',
    family: 'process',
    title: 'Security is tested before release and at set intervals',
    anchors: ['CA-8', 'SA-11', 'CA-2'],
    why: 'Only a trial shows what rules miss.',
    attack: 'Attackers find what testers could have found.',
    remedy: 'Have the platform and its applications tested each year and after large changes.',
    evidence: [
      statement(
        'Are applications and the platform tested by people who try to break in, at set intervals and after large changes?',
      ),
    ],
    proofs: [],
  },
];
