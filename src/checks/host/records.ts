import { contentAt, type Evidence, fileAt, need } from '#posture/index.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { absentExample, entriesOf, fileExample, type HostCheck, hostCheck, processExamples } from './host-check.ts';
import { runsOneOf } from './services.ts';

const AUDIT_MANUAL = 'https://man7.org/linux/man-pages/man8/auditctl.8.html';

const auditDaemon = hostCheck({
  id: 'host-no-audit-daemon',
  title: 'No audit daemon records what happens on the host',
  severity: 'medium',
  rationale: 'Without a record of sign-ins, rises of rights and changed files nobody can say what an intruder did.',
  remediation: 'Install and start it: `apt install auditd` or `dnf install audit`, `systemctl enable --now auditd`.',
  controls: ['AU-2', 'AU-12'],
  references: ['https://man7.org/linux/man-pages/man8/auditd.8.html'],
  pass: [{ processes: processExamples('auditd') }],
  fail: [{ processes: processExamples('sshd') }],
  *find(evidence) {
    if (!runsOneOf(evidence, /^(?:auditd|auditbeat|go-audit|laurel)$/)) yield { message: 'no process auditd runs' };
  },
});

interface WatchRow {
  readonly id: string;
  readonly title: string;
  readonly paths: readonly string[];
  readonly rationale: string;
}

const watched: readonly WatchRow[] = [
  {
    id: 'host-accounts-not-audited',
    title: 'Changes of accounts are not recorded',
    paths: ['/etc/passwd', '/etc/shadow', '/etc/group'],
    rationale: 'A new account or a new password is how an intruder comes back.',
  },
  {
    id: 'host-rights-not-audited',
    title: 'Changes of who may become root are not recorded',
    paths: ['/etc/sudoers', '/etc/sudoers.d'],
    rationale: 'Who gives themselves rights takes them away again when done.',
  },
];

const watchChecks = watched.map(({ id, title, paths, rationale }) =>
  hostCheck({
    id,
    title,
    severity: 'low',
    rationale,
    remediation: 'Add the rules to `/etc/audit/rules.d/` and run `augenrules --load`.',
    controls: ['AU-2', 'AU-12', 'AC-6'],
    references: [AUDIT_MANUAL],
    pass: [
      { auditRules: paths.map((path) => ruleExample(`-w ${path} -p wa -k identity`)) },
      { auditRules: [ruleExample('-a always,exit -F dir=/etc/ -F perm=wa -k etc')] },
    ],
    fail: [{ auditRules: [] }, { auditRules: [ruleExample(`-w ${paths[0]} -p r`)] }],
    *find(evidence) {
      for (const path of paths)
        if (!isWatched(evidence, path))
          yield {
            message: `no audit rule watches ${path}`,
            remediation: `Write \`-w ${path} -p wa -k identity\` to \`/etc/audit/rules.d/identity.rules\`.`,
          };
    },
  }),
);

/** A rule for the path or for a directory above it that records writes or changes of modes. */
function isWatched({ auditRules }: Evidence, path: string): boolean {
  return need(auditRules).some(({ text }) => {
    const place = /(?:^-w\s{1,8}|-F\s{1,8}(?:path|dir)=)(\S{1,512})/.exec(text)?.[1]?.replace(/(.)\/$/, '$1');
    const permissions = /(?:-p\s{1,8}|-F\s{1,8}perm=)([rwxa]{1,4})/.exec(text)?.[1] ?? 'rwxa';
    const isAbove = place !== undefined && (place === path || path.startsWith(`${place}/`));
    return isAbove && /[wa]/.test(permissions) && !/^-a\s{1,8}(?:never|exclude)/.test(text);
  });
}

const changeable = hostCheck({
  id: 'host-audit-rules-changeable',
  title: 'Audit rules can be taken away while the host runs',
  severity: 'low',
  rationale: 'An intruder who is root switches the record off first.',
  remediation: 'Add `-e 2` as the last rule: changes then need a restart.',
  controls: ['AU-9(2)', 'AU-12'],
  references: [AUDIT_MANUAL],
  pass: [{ auditRules: [ruleExample('-e 2')] }],
  fail: [{ auditRules: [ruleExample('-w /etc/passwd -p wa')] }],
  *find({ auditRules }) {
    if (!need(auditRules).some(({ text }) => /^-e\s{1,8}2$/.test(text))) yield { message: 'no rule sets -e 2' };
  },
});

function ruleExample(text: string): object {
  return { file: '/etc/audit/rules.d/50-site.rules', line: 1, text };
}

const JOURNAL = '/etc/systemd/journald.conf';
const JOURNAL_DIRECTORY = '/etc/systemd/journald.conf.d';
const STORE = '/var/log/journal';
const writers = /^(?:rsyslogd|syslog-ng|syslogd)$/;

const journalFiles = (content: string, store: object) => ({
  processes: processExamples('systemd-journal'),
  files: [fileExample(JOURNAL, { content }), absentExample(JOURNAL_DIRECTORY), store],
});

const lostLogs = hostCheck({
  id: 'host-logs-lost',
  title: 'Logs of the host are lost at a restart',
  severity: 'medium',
  rationale: 'A restart, which an intruder can bring about, takes the trace with it.',
  remediation: 'Set `Storage=persistent` in `/etc/systemd/journald.conf`, or run a syslog daemon.',
  controls: ['AU-4', 'AU-11'],
  references: ['https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html'],
  pass: [
    journalFiles('[Journal]\nStorage=persistent\n', absentExample(STORE)),
    journalFiles('[Journal]\n#Storage=auto\n', fileExample(STORE, { type: 'directory', mode: '2755' })),
  ],
  fail: [
    journalFiles('[Journal]\n#Storage=auto\n', absentExample(STORE)),
    journalFiles('Storage=volatile', absentExample(STORE)),
  ],
  find: lostLogsAnswer,
});

function lostLogsAnswer(evidence: Evidence): EvidenceAnswer {
  if (runsOneOf(evidence, writers)) return [];
  if (!runsOneOf(evidence, /^systemd-journald?$/)) return [{ message: 'neither journald nor a syslog daemon runs' }];
  const storage = journalStorage(evidence);
  if (storage === 'persistent') return [];
  if (storage !== 'auto') return [{ message: `Storage of the journal is ${storage}` }];
  return fileAt(evidence, STORE) === 'absent'
    ? [{ message: `the journal is kept in memory: there is no ${STORE}` }]
    : [];
}

/** Of files in the directory, the last by name counts. */
function journalStorage(evidence: Evidence): string {
  const entries = entriesOf(evidence, JOURNAL_DIRECTORY);
  const more =
    entries === 'absent'
      ? []
      : entries
          .map(({ path }) => path)
          .filter((path) => path.endsWith('.conf'))
          .sort();
  const values = [JOURNAL, ...more].flatMap((path) => {
    const content = contentAt(evidence, path);
    return [...content.matchAll(/^\s{0,8}Storage\s{0,8}=\s{0,8}([a-z]{1,16})/gm)].map(([, value]) => value ?? '');
  });
  return values.at(-1) ?? 'auto';
}

/** By the names that the kernel gives, 15 characters at most. */
const forwarders =
  /^(?:rsyslogd|syslog-ng|fluent-bit|fluentd|td-agent|vector|promtail|alloy|filebeat|journalbeat|auditbeat|otelcol.{0,8}|systemd-journal-upload|nxlog|splunkd|datadog-agent|agent|google-fluentd|google_cloud_op|amazon-cloudwat|logstash|grafana-agent)$/;

const keptHere = hostCheck({
  id: 'host-logs-kept-here-only',
  title: 'Logs of the host stay on the host',
  severity: 'low',
  rationale: 'Whoever is root deletes them.',
  remediation: 'Send them away with a collector (fluent-bit, vector, systemd-journal-upload …) or rsyslog.',
  controls: ['AU-4(1)', 'AU-6(4)', 'AU-9(2)'],
  references: ['https://www.freedesktop.org/software/systemd/man/latest/systemd-journal-upload.service.html'],
  pass: [{ processes: processExamples('fluent-bit') }],
  fail: [{ processes: processExamples('sshd') }],
  *find(evidence) {
    if (!runsOneOf(evidence, forwarders)) yield { message: 'no program that sends logs away runs' };
  },
});

const time = hostCheck({
  id: 'host-time-not-synchronised',
  title: 'Nothing keeps the clock of the host right',
  severity: 'medium',
  rationale: 'Wrong clocks break certificates, and records of several machines cannot be put in order.',
  remediation: 'Start chrony or systemd-timesyncd: `systemctl enable --now chrony`.',
  controls: ['AU-8', 'SC-45'],
  references: ['https://chrony-project.org/documentation.html'],
  pass: [{ processes: processExamples('chronyd') }, { processes: processExamples('systemd-timesyn') }],
  fail: [{ processes: processExamples('sshd') }],
  *find(evidence) {
    if (
      !runsOneOf(
        evidence,
        /^(?:chronyd|systemd-timesyn(?:cd)?|ntpd|ntpd-rs.{0,8}|openntpd|ptp4l|phc2sys|timemaster|VBoxService)$/,
      )
    )
      yield { message: 'no program that sets the clock runs' };
  },
});

export const recordChecks: readonly HostCheck[] = [auditDaemon, ...watchChecks, changeable, lostLogs, keptHere, time];
