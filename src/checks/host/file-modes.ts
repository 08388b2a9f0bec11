import { type Evidence, type FileState, fileAt, modeOf } from '#posture/index.ts';
import type { EvidenceFound } from '../evidence-check.ts';
import { entriesOf, fileExample, type HostCheck, type HostWords, hostCheck } from './host-check.ts';

/** Files that root must own, with the bits that they may have at most. */
interface Row extends Omit<HostWords, 'controls' | 'references' | 'remediation'> {
  readonly paths: readonly string[];
  /** Also what is in these directories, where the name is one of these. */
  readonly below?: readonly { readonly directory: string; readonly name: RegExp }[];
  readonly most: number;
  readonly badMode: string;
}

const rows: readonly Row[] = [
  {
    id: 'host-account-files-writable',
    title: 'Others than root may write to the list of users or groups',
    severity: 'critical',
    rationale: 'Whoever writes to it makes themselves root.',
    paths: ['/etc/passwd', '/etc/passwd-', '/etc/group', '/etc/group-'],
    most: 0o644,
    badMode: '0666',
  },
  {
    id: 'host-password-files-readable',
    title: 'Others than root may read the hashes of passwords',
    severity: 'high',
    rationale: 'Hashes are guessed elsewhere, as fast as the attacker can pay for.',
    paths: ['/etc/shadow', '/etc/shadow-', '/etc/gshadow', '/etc/gshadow-'],
    most: 0o640,
    badMode: '0644',
  },
  {
    id: 'host-sudoers-writable',
    title: 'Others than root may change the rules of sudo',
    severity: 'high',
    rationale: 'A line in these files is root.',
    paths: ['/etc/sudoers', '/etc/sudoers.d'],
    below: [{ directory: '/etc/sudoers.d', name: /./ }],
    most: 0o755,
    badMode: '0666',
  },
  {
    id: 'host-ssh-keys-readable',
    title: 'Others than root may read the private keys of the SSH server',
    severity: 'high',
    rationale: 'With the key somebody in the network answers as this host and reads what is typed.',
    paths: [],
    below: [{ directory: '/etc/ssh', name: /^ssh_host_.{1,40}_key$/ }],
    most: 0o640,
    badMode: '0644',
  },
  {
    id: 'host-ssh-settings-writable',
    title: 'Others than root may change the settings of the SSH server',
    severity: 'high',
    rationale: 'Settings decide who gets in and what runs when they do.',
    paths: ['/etc/ssh', '/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d'],
    below: [{ directory: '/etc/ssh/sshd_config.d', name: /./ }],
    most: 0o755,
    badMode: '0666',
  },
  {
    id: 'host-schedules-writable',
    title: 'Others than root may change what runs at set times',
    severity: 'high',
    rationale: 'What is written there runs as root within minutes.',
    paths: ['/etc/crontab', '/etc/cron.d', '/etc/cron.daily', '/etc/cron.hourly'],
    most: 0o755,
    badMode: '0777',
  },
  {
    id: 'host-boot-settings-writable',
    title: 'Others than root may change the settings of the boot loader',
    severity: 'high',
    rationale: 'One word in them switches off protections at the next start.',
    paths: ['/boot', '/boot/grub/grub.cfg', '/boot/grub2/grub.cfg'],
    most: 0o755,
    badMode: '0666',
  },
  {
    id: 'host-root-home-open',
    title: "Others than root may look into root's home",
    severity: 'medium',
    rationale: 'Keys, histories and credentials of engines and registries lie there.',
    paths: ['/root', '/root/.ssh'],
    most: 0o750,
    badMode: '0755',
  },
];

const ofRows = rows.map(({ paths, below = [], most, badMode, ...words }) => {
  const example = (mode: string) => ({ files: exampleFiles(paths, below, mode) });
  return hostCheck({
    ...words,
    remediation:
      'Give the files to root and take the bits away: `chown root`, `chmod go-w` (or `go-rwx` for what is secret).',
    controls: ['AC-3', 'AC-6'],
    references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
    pass: [example((most & 0o640).toString(8).padStart(4, '0'))],
    fail: [example(badMode)],
    *find(evidence) {
      for (const file of filesOf(evidence, paths, below)) yield* faultsOf(file, most);
    },
  });
});

/** Those that are named, and one in each directory that is listed. */
function exampleFiles(paths: readonly string[], below: NonNullable<Row['below']>, mode: string): object[] {
  const directories = below.map(({ directory }) => directory).filter((directory) => !paths.includes(directory));
  const listed = below.map(({ directory }) => `${directory}/ssh_host_rsa_key`);
  return [
    ...directories.map((path) => fileExample(path, { type: 'directory', mode: '0755' })),
    ...[...paths, ...listed].map((path) => fileExample(path, { mode })),
  ];
}

function filesOf(evidence: Evidence, paths: readonly string[], below: NonNullable<Row['below']>): FileState[] {
  const named = paths.map((path) => fileAt(evidence, path)).filter((file) => file !== 'absent');
  const listed = below.flatMap(({ directory, name }) => {
    const entries = entriesOf(evidence, directory);
    return entries === 'absent' ? [] : entries.filter(({ path }) => name.test(path.slice(directory.length + 1)));
  });
  return [...named, ...listed];
}

function* faultsOf(file: FileState, most: number): Generator<EvidenceFound> {
  const { path, mode, uid, owner } = file;
  const resource = { kind: 'file', name: path };
  if (uid !== 0)
    yield { message: `${path} belongs to ${owner ?? uid}`, remediation: `Run \`chown root ${path}\`.`, resource };
  const excess = modeOf(file) & 0o777 & ~most;
  if (excess === 0) return;
  const wanted = (modeOf(file) & 0o7777 & ~excess).toString(8).padStart(4, '0');
  yield { message: `${path} has the mode ${mode}`, remediation: `Run \`chmod ${wanted} ${path}\`.`, resource };
}

const SHARED = ['/tmp', '/var/tmp', '/dev/shm'];

const sticky = hostCheck({
  id: 'host-shared-directory-sticky',
  title: "Users may delete each other's files in a shared directory",
  severity: 'high',
  rationale: 'Without the sticky bit anybody replaces files and sockets of others there.',
  remediation: 'Set the bit: `chmod +t` on the directory.',
  controls: ['AC-3'],
  references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  pass: [{ files: sharedExample('1777') }],
  fail: [{ files: sharedExample('0777') }],
  *find(evidence) {
    for (const path of SHARED) {
      const file = fileAt(evidence, path);
      if (file !== 'absent' && (modeOf(file) & 0o1002) === 0o002)
        yield {
          message: `${path} has the mode ${file.mode}`,
          remediation: `Run \`chmod +t ${path}\`.`,
          resource: { kind: 'file', name: path },
        };
    }
  },
});

function sharedExample(mode: string): object[] {
  return SHARED.map((path) => fileExample(path, { type: 'directory', mode }));
}

export const fileModeChecks: readonly HostCheck[] = [...ofRows, sticky];
