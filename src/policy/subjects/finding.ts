import { field, object, optional, type PolicySubject } from './field.ts';

export const finding: PolicySubject = {
  kind: 'Finding',
  resource: 'findings',
  meaning: 'One finding of the report, decided ones too: begin with `!object.spec.isOpen ||` where those do not count.',
  spec: {
    kind: field('string', '`vulnerability`, `secret`, `malware`, `misconfiguration`, `licence`.'),
    id: field('string', 'Of the vulnerability (CVE where there is one), rule or check; of a licence its expression.'),
    aliases: field('list(string)', 'Every other name of a vulnerability.'),
    title: field('string', 'One line.'),
    severity: field('string', '`critical`, `high`, `medium`, `low`, `info`, `unknown`.'),
    isOpen: field('bool', 'Neither decided about nor declared not affected by the publisher.'),
    decision: optional(
      object('What was decided about it.', {
        source: field('string', '`exception`, `vex`, `baseline`.'),
        state: field(
          'string',
          '`accepted`, `false-positive`, `not-affected`, `deferred`, `fixed`, `affected`, `under-investigation`.',
        ),
        reason: field('string', ''),
        expires: optional(field('string', 'ISO date from which on it no longer holds.')),
        daysLeft: optional(field('int', 'Whole days from the scan to `expires`.')),
      }),
    ),
    artifact: object('What was scanned.', {
      kind: field('string', '`image` or `tree`.'),
      name: field('string', ''),
      digest: optional(field('string', '')),
    }),
    package: optional(
      object('Of a vulnerability or licence: the package that has it.', {
        name: field('string', ''),
        version: field('string', ''),
        type: field('string', 'As in its package URL: `deb`, `npm`, …'),
        purl: field('string', 'Package URL.'),
        relation: field('string', '`direct`, `transitive`, `root`; `unknown` where records do not tell.'),
      }),
    ),
    path: optional(field('string', 'File, without leading slash; of a package the record that names it.')),
    line: optional(field('int', 'From 1.')),
    isDeleted: field('bool', 'A later layer deleted the file: whoever has the image still has it.'),
    part: field('string', 'Of the image, `base` or `own`; `unknown` where nothing tells.'),
    state: optional(
      field(
        'string',
        'Of a vulnerability: `fixed`, `affected`, `will-not-fix`, `deferred`, `not-affected`, `under-investigation`, …',
      ),
    ),
    fixAvailable: field('bool', 'An upgrade is known that removes it, or an edit that mends it.'),
    fixedVersion: optional(field('string', 'The lowest version without it.')),
    exploited: field(
      'string',
      '`yes` or `no` by CISA KEV; `unknown` where it was not there to be asked or is not about such things.',
    ),
    exploitedDueDate: optional(field('string', 'By when agencies have to act, ISO date.')),
    ransomware: field('bool', 'KEV knows of its use for ransom.'),
    epss: optional(field('double', 'Likelihood of exploitation within 30 days, 0 to 1.')),
    publishedDays: optional(field('int', 'Whole days from its publication to the scan.')),
    priority: optional(
      object('How soon to act.', {
        window: field('string', 'Id of the window: `3-days`, `14-days`, …'),
        days: optional(field('int', 'Absent for what has no date.')),
      }),
    ),
    confidence: optional(field('string', 'Of a secret or malware: `high`, `medium`, `low`.')),
    controls: field('list(string)', 'Of a misconfiguration: controls of NIST SP 800-53.'),
    subject: optional(field('string', 'Of a misconfiguration: `dockerfile`, `compose`, `kubernetes`, `image-config`.')),
    category: optional(field('string', 'Of a licence: `strong-copyleft`, `restricted-use`, …')),
  },
  example: "!object.spec.isOpen || object.spec.severity != 'critical' || !object.spec.fixAvailable",
};
