import { exact, intersects, section, superset } from '../clauses.ts';
import { ABOUT_WEB } from '../unmapped.ts';

export const software = [
  ...section('6 Secure systems and software', [
    {
      id: '6.2.1',
      title: 'Own software is developed securely',
      text: 'Own software is developed by the standard and by good practice, with security in mind at every step.',
      mappings: superset('PLM-PROCESS-SECURE-DEVELOPMENT'),
    },
    {
      id: '6.2.2',
      title: 'Developers are trained',
      text: 'Developers are trained once a year in security that fits their work and languages.',
      mappings: superset('PLM-PROCESS-TRAINING'),
    },
    {
      id: '6.2.3',
      title: 'Own software is reviewed before release',
      text: 'Own software is reviewed before it goes into production, so that weaknesses are found and mended.',
      mappings: intersects('PLM-BUILD-SOURCE-REVIEWED', 'PLM-BUILD-GATE'),
    },
    {
      id: '6.2.3.1',
      title: 'Reviews are by somebody else',
      text: 'Where people review code, they are not its authors, and a manager approves.',
      mappings: intersects('PLM-BUILD-SOURCE-REVIEWED', 'PLM-ACCESS-DUTIES-SEPARATED'),
    },
    {
      id: '6.2.4',
      title: 'Common attacks on software are prevented',
      text: 'Developers use means against injection, misuse of data, of cryptography, of logic, of access and other common attacks.',
      mappings: superset('PLM-PROCESS-SECURE-DEVELOPMENT'),
    },
    {
      id: '6.3.1',
      title: 'Vulnerabilities are learned of and ranked',
      text: 'New vulnerabilities are learned of from known sources, for own and foreign software, and ranked by risk.',
      mappings: intersects(
        'PLM-PROCESS-VULNERABILITY-MANAGEMENT',
        'PLM-PROCESS-THREAT-INTELLIGENCE',
        'PLM-REGISTRY-SCANNED',
      ),
    },
    {
      id: '6.3.2',
      title: 'Components of software are listed',
      text: 'There is a list of own software and the foreign components in it.',
      mappings: intersects('PLM-SUPPLY-CHAIN-SBOM', 'PLM-PROCESS-INVENTORY'),
    },
    {
      id: '6.3.3',
      title: 'Patches are installed in time',
      text: 'Patches for critical vulnerabilities are installed within a month of their release, others in the time that the ranking sets.',
      mappings: intersects(
        'PLM-IMAGE-NO-CRITICAL-VULNERABILITIES',
        'PLM-IMAGE-SUPPORTED-BASE',
        'PLM-RUNTIME-PATCHED',
        'PLM-HOST-PATCHED',
        'PLM-CONTROL-PLANE-SUPPORTED-VERSION',
      ),
    },
    {
      id: '6.4.1',
      title: 'Public web applications are protected',
      text: 'Public web applications are tested for weaknesses every year and after changes, or something stands before them that stops attacks.',
      mappings: superset('PLM-PROCESS-TESTING'),
    },
    {
      id: '6.4.2',
      title: 'Attacks on public web applications are stopped by machines',
      text: 'Something technical stands before public web applications that finds and prevents attacks.',
      mappings: [],
      unmapped: ABOUT_WEB,
    },
    {
      id: '6.5.1',
      title: 'Changes follow a procedure',
      text: 'Changes in production have a reason, a test, an approval and a way back.',
      mappings: superset('PLM-PROCESS-CHANGE-CONTROL'),
    },
    {
      id: '6.5.2',
      title: 'After large changes all requirements are met again',
      text: 'After a significant change it is confirmed that what applies to the changed systems is in place.',
      mappings: superset('PLM-PROCESS-MONITORING'),
    },
    {
      id: '6.5.3',
      title: 'Environments before production are apart',
      text: 'Development and tests are separated from production, and access control enforces it.',
      mappings: intersects('PLM-PROCESS-ENVIRONMENTS', 'PLM-ACCESS-PLATFORM-TEAM-SCOPED'),
    },
    {
      id: '6.5.4',
      title: 'Duties are apart',
      text: 'Who works on what is not yet released cannot put it into production alone.',
      mappings: exact('PLM-ACCESS-DUTIES-SEPARATED'),
    },
    {
      id: '6.5.5',
      title: 'No real card numbers in tests',
      text: 'Real card numbers are not used outside of production.',
      mappings: superset('PLM-PROCESS-TEST-DATA'),
    },
    {
      id: '6.5.6',
      title: 'Data and accounts of tests are removed',
      text: 'Data and accounts for tests are gone before a system goes into production.',
      mappings: intersects('PLM-PROCESS-TEST-DATA', 'PLM-IMAGE-FIXED-PASSWORDS', 'PLM-IMAGE-DEBUG-OFF'),
    },
  ]),
];
