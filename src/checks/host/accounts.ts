import { contentAt, type Evidence, EvidenceMissing, need, type User } from '#posture/index.ts';
import type { EvidenceFound } from '../evidence-check.ts';
import { absentExample, entriesOf, fileExample, type HostCheck, hostCheck } from './host-check.ts';

const PASSWD_MANUAL = 'https://man7.org/linux/man-pages/man5/passwd.5.html';
const SUDO_MANUAL = 'https://www.sudo.ws/docs/man/sudoers.man/';

const secondRoot = hostCheck({
  id: 'host-second-root',
  title: 'Another account than root is root',
  severity: 'high',
  rationale: 'An account with the number 0 is root under a name that nobody looks for: a common back door.',
  remediation: 'Give the account a number of its own, or remove it.',
  controls: ['AC-2', 'AC-6'],
  references: [PASSWD_MANUAL],
  pass: [{ users: [userExample('root', 0), userExample('ada', 1000)] }],
  fail: [{ users: [userExample('root', 0), userExample('toor', 0)] }],
  *find({ users }) {
    for (const { name, uid } of need(users))
      if (uid === 0 && name !== 'root') yield { message: `${name} has the number 0` };
  },
});

const sharedNumber = hostCheck({
  id: 'host-shared-user-number',
  title: 'Two accounts have one number',
  severity: 'medium',
  rationale:
    'They are the same user to the kernel: one owns the files of the other, and records do not tell them apart.',
  remediation: 'Give one of them another number with `usermod -u`, and its files to it.',
  controls: ['AC-2', 'IA-4'],
  references: [PASSWD_MANUAL],
  pass: [{ users: [userExample('ada', 1000), userExample('bob', 1001)] }],
  fail: [{ users: [userExample('ada', 1000), userExample('bob', 1000)] }],
  *find({ users }) {
    const byNumber = Map.groupBy(need(users), ({ uid }) => uid);
    for (const [uid, same] of byNumber)
      if (same.length > 1 && uid !== 0)
        yield { message: `${same.map(({ name }) => name).join(', ')} have the number ${uid}` };
  },
});

/** Users with the state of their passwords, which root alone can read. */
function usersWithPasswords({ users }: Evidence): readonly User[] {
  const all = need(users);
  if (all.some(({ password }) => password !== undefined)) return all;
  throw new EvidenceMissing('/etc/shadow could not be read: collect the evidence as root');
}

const emptyPassword = hostCheck({
  id: 'host-empty-password',
  title: 'An account has no password',
  severity: 'critical',
  rationale: 'Whoever knows its name is in.',
  remediation: 'Lock the account (`passwd -l NAME`) or give it a password.',
  controls: ['IA-5', 'AC-2'],
  references: ['https://man7.org/linux/man-pages/man5/shadow.5.html'],
  pass: [{ users: [userExample('root', 0, 'locked'), userExample('ada', 1000, 'set')] }],
  fail: [{ users: [userExample('root', 0, 'locked'), userExample('ada', 1000, 'empty')] }],
  *find(evidence) {
    for (const { name, password } of usersWithPasswords(evidence))
      if (password === 'empty')
        yield { message: `${name} has an empty password`, remediation: `Run \`passwd -l ${name}\`.` };
  },
});

const FIRST_PERSON = 1000;

const serviceSignIn = hostCheck({
  id: 'host-service-account-sign-in',
  title: 'An account of a service can sign in with a password',
  severity: 'medium',
  rationale: 'Nobody watches these accounts, their passwords are old, and their services are attacked.',
  remediation: 'Lock the password (`passwd -l NAME`) and set the shell to `/usr/sbin/nologin`.',
  controls: ['AC-2', 'AC-6'],
  references: [PASSWD_MANUAL],
  pass: [{ users: [userExample('postgres', 105, 'locked'), userExample('ada', 1000, 'set')] }],
  fail: [{ users: [userExample('postgres', 105, 'set')] }],
  *find(evidence) {
    for (const { name, uid, shell, password } of usersWithPasswords(evidence))
      if (uid > 0 && uid < FIRST_PERSON && password === 'set' && /\/(?:ba|da|z|k|c|tc|fi)?sh$/.test(shell))
        yield { message: `${name} has a password and the shell ${shell}` };
  },
});

/** Their members need no password to become root. */
const rootGroups = new Set(['disk', 'kmem', 'lxd', 'incus-admin', 'libvirt', 'shadow']);

const rootGroup = hostCheck({
  id: 'host-root-group-members',
  title: 'An account is in a group that is as good as root',
  severity: 'medium',
  rationale: 'Members read disks or start machines with them: they are root without sudo, and without its record.',
  remediation: 'Take the account out of the group (`gpasswd -d NAME GROUP`).',
  controls: ['AC-6', 'AC-3'],
  references: ['https://wiki.debian.org/SystemGroups'],
  pass: [{ groups: [{ name: 'disk', gid: 6, members: [] }] }],
  fail: [{ groups: [{ name: 'lxd', gid: 110, members: ['ada'] }] }],
  *find({ groups }) {
    for (const { name, members } of need(groups))
      if (rootGroups.has(name)) for (const member of members) yield { message: `${member} is in the group ${name}` };
  },
});

const sudoFiles = (sudoers: string, more: readonly object[] = []) => ({
  files: [
    fileExample('/etc/sudoers', { mode: '0440', content: `${sudoers}\n@includedir /etc/sudoers.d\n` }),
    fileExample('/etc/sudoers.d', { type: 'directory', mode: '0750' }),
    ...more,
  ],
});

const noPassword = hostCheck({
  id: 'host-sudo-without-password',
  title: 'sudo gives rights without asking for a password',
  severity: 'medium',
  rationale: 'Whoever takes over a session or a key of the account is root at once.',
  remediation: 'Remove `NOPASSWD` and `!authenticate`, or limit them to single commands that cannot start others.',
  controls: ['AC-6', 'IA-2'],
  references: [SUDO_MANUAL],
  pass: [sudoFiles('%sudo ALL=(ALL:ALL) ALL'), { files: [absentExample('/etc/sudoers')] }],
  fail: [
    sudoFiles('ada ALL=(ALL) NOPASSWD: ALL'),
    sudoFiles('', [fileExample('/etc/sudoers.d/ci', { content: 'Defaults:ci !authenticate\n' })]),
  ],
  *find(evidence) {
    for (const { path, line } of sudoLines(evidence)) yield* withoutPassword(path, line);
  },
});

function* withoutPassword(path: string, line: string): Generator<EvidenceFound> {
  const word = /\bNOPASSWD\s{0,8}:|!authenticate\b/.exec(line)?.[0];
  if (word !== undefined) yield { message: `${path}: ${line.slice(0, 160)}`, resource: { kind: 'file', name: path } };
}

interface SudoLine {
  readonly path: string;
  readonly line: string;
}

/** Of all files that sudo reads; an include of another place ends with missing evidence. */
function* sudoLines(evidence: Evidence): Generator<SudoLine> {
  const main = contentAt(evidence, '/etc/sudoers');
  if (main === 'absent') return;
  const others = new Set<string>();
  yield* linesOf('/etc/sudoers', main, others);
  const entries = entriesOf(evidence, '/etc/sudoers.d');
  for (const { path } of entries === 'absent' ? [] : entries) {
    // sudo skips names with a dot or a tilde at the end: packages leave such behind.
    if (/[.~]/.test(path.slice('/etc/sudoers.d/'.length))) continue;
    const content = contentAt(evidence, path);
    if (content !== 'absent') yield* linesOf(path, content, others);
  }
  others.delete('/etc/sudoers.d');
  const [other] = others;
  if (other !== undefined) throw new EvidenceMissing(`sudo also reads ${other}, which was not collected`);
}

function* linesOf(path: string, content: string, includes: Set<string>): Generator<SudoLine> {
  for (const raw of content.replace(/\\\n/g, ' ').split('\n')) {
    const line = raw.trim();
    const include = /^[#@]include(?:dir)?\s{1,32}(\S{1,512})/.exec(line)?.[1];
    if (include !== undefined) includes.add(include);
    else if (line !== '' && !line.startsWith('#')) yield { path, line };
  }
}

function userExample(name: string, uid: number, password?: string): object {
  return {
    name,
    uid,
    gid: uid,
    home: `/home/${name}`,
    shell: '/bin/bash',
    ...(password !== undefined && { password }),
  };
}

export const accountChecks: readonly HostCheck[] = [
  secondRoot,
  sharedNumber,
  emptyPassword,
  serviceSignIn,
  rootGroup,
  noPassword,
];
