import { absentExample, fileExample, type HostCheck, type HostWords, hostCheck } from '../host-check.ts';
import { conditionalValues, type Setting, sshSettings, valueForAll } from './settings.ts';

const MANUAL = 'https://man.openbsd.org/sshd_config';

/** A setting of sshd, by the values that are bad. */
interface Row extends Omit<HostWords, 'references'> {
  /** As the manual writes it. */
  readonly name: string;
  /** What sshd does where nothing is set. */
  readonly otherwise: string;
  readonly isBad: (value: string) => boolean;
  readonly good: string;
  readonly bad: string;
}

const rows: readonly Row[] = [
  {
    id: 'host-ssh-root-sign-in',
    title: 'root can sign in over SSH',
    severity: 'medium',
    rationale: 'Nobody knows who was root: people sign in by name and become root where it is recorded.',
    remediation: 'Set `PermitRootLogin no` and use sudo from named accounts.',
    controls: ['AC-6', 'AC-17', 'IA-2'],
    name: 'PermitRootLogin',
    otherwise: 'prohibit-password',
    isBad: (value) => value !== 'no' && value !== 'forced-commands-only',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-passwords',
    title: 'Passwords are enough to sign in over SSH',
    severity: 'medium',
    rationale: 'Passwords are guessed and reused all day long on every address that can be reached.',
    remediation: 'Set `PasswordAuthentication no` and sign in with keys or certificates.',
    controls: ['IA-2', 'IA-5', 'AC-17'],
    name: 'PasswordAuthentication',
    otherwise: 'yes',
    isBad: (value) => value !== 'no',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-empty-passwords',
    title: 'Accounts without a password can sign in over SSH',
    severity: 'critical',
    rationale: 'Whoever knows the name of such an account is in.',
    remediation: 'Set `PermitEmptyPasswords no`.',
    controls: ['IA-5', 'AC-17'],
    name: 'PermitEmptyPasswords',
    otherwise: 'no',
    isBad: (value) => value !== 'no',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-host-based',
    title: 'SSH trusts other machines to say who signs in',
    severity: 'high',
    rationale: 'Root on a trusted machine is everybody on this one.',
    remediation: 'Set `HostbasedAuthentication no`.',
    controls: ['IA-2', 'AC-17'],
    name: 'HostbasedAuthentication',
    otherwise: 'no',
    isBad: (value) => value !== 'no',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-user-environment',
    title: 'Users set variables for their own sign-in over SSH',
    severity: 'medium',
    rationale: 'A variable like LD_PRELOAD gets around what the account was limited to.',
    remediation: 'Set `PermitUserEnvironment no`.',
    controls: ['AC-6', 'CM-6'],
    name: 'PermitUserEnvironment',
    otherwise: 'no',
    isBad: (value) => value !== 'no',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-x11',
    title: 'SSH forwards screens',
    severity: 'low',
    rationale:
      'Container hosts have no screens; a forwarded one lets the host read the keys that are typed at the other end.',
    remediation: 'Set `X11Forwarding no`.',
    controls: ['CM-7'],
    name: 'X11Forwarding',
    otherwise: 'no',
    isBad: (value) => value !== 'no',
    good: 'no',
    bad: 'yes',
  },
  {
    id: 'host-ssh-tries',
    title: 'SSH lets a connection guess often',
    severity: 'low',
    rationale: 'More tries for each connection are more guesses before anybody notices.',
    remediation: 'Set `MaxAuthTries` to 6 or less.',
    controls: ['AC-17', 'IA-5'],
    name: 'MaxAuthTries',
    otherwise: '6',
    isBad: (value) => !(Number(value) <= 6),
    good: '4',
    bad: '20',
  },
  {
    id: 'host-ssh-log-level',
    title: 'Sign-ins over SSH are not logged',
    severity: 'medium',
    rationale: 'Without lines about sign-ins nobody sees who came in and with which key.',
    remediation: 'Set `LogLevel VERBOSE`, which logs the fingerprint of the key as well; `INFO` is the least.',
    controls: ['AU-2', 'AU-12'],
    name: 'LogLevel',
    otherwise: 'INFO',
    isBad: (value) => /^(?:quiet|fatal|error)$/i.test(value),
    good: 'VERBOSE',
    bad: 'QUIET',
  },
  {
    id: 'host-ssh-weak-ciphers',
    title: 'SSH offers a broken cipher',
    severity: 'medium',
    rationale: 'Old ciphers can be read or changed by who is between the two ends.',
    remediation: 'Remove `Ciphers`, or take the ones with cbc, arcfour and 3des out of it.',
    controls: ['SC-8(1)', 'SC-13'],
    name: 'Ciphers',
    otherwise: '',
    isBad: (value) => offers(value, /(?:^|[,^+])(?:3des|arcfour|blowfish|cast128|[a-z0-9-]{1,16}-cbc)/),
    good: 'aes256-gcm@openssh.com,aes256-ctr',
    bad: 'aes256-ctr,3des-cbc',
  },
  {
    id: 'host-ssh-weak-key-exchange',
    title: 'SSH offers a broken way to exchange keys',
    severity: 'medium',
    rationale: 'Recorded sessions can be read later, when the small group is broken.',
    remediation: 'Remove `KexAlgorithms`, or take the ones with sha1 out of it.',
    controls: ['SC-8(1)', 'SC-13'],
    name: 'KexAlgorithms',
    otherwise: '',
    isBad: (value) => offers(value, /sha1(?:[,@]|$)/),
    good: 'curve25519-sha256',
    bad: 'curve25519-sha256,diffie-hellman-group1-sha1',
  },
];

/** A list that begins with a minus takes algorithms away. */
function offers(list: string, weak: RegExp): boolean {
  return !list.startsWith('-') && weak.test(list.toLowerCase());
}

export const sshChecks: readonly HostCheck[] = rows.map(({ name, otherwise, isBad, good, bad, ...words }) =>
  hostCheck({
    ...words,
    references: [MANUAL],
    pass: [
      sshExample(`${name} ${good}\n${name} ${bad}\n`),
      sshExample(`Include /etc/ssh/sshd_config.d/*.conf\n${name} ${bad}\n`, `${name}=${good}\n`),
      { files: [absentExample('/usr/sbin/sshd')] },
    ],
    fail: [
      sshExample(`${name.toUpperCase()} "${bad}"\n`),
      sshExample(`Include /etc/ssh/sshd_config.d/*.conf\n${name} ${good}\n`, `${name} ${bad}\n`),
      sshExample(`${name} ${good}\nMatch User backup\n  ${name} ${bad}\n`),
    ],
    find: (evidence) => {
      const settings = sshSettings(evidence);
      if (settings === 'none') return { notApplicable: 'there is no SSH server' };
      const lower = name.toLowerCase();
      const global = valueForAll(settings, lower);
      const values: readonly (Pick<Setting, 'value'> & Partial<Setting>)[] = [
        global ?? { value: otherwise },
        ...conditionalValues(settings, lower),
      ];
      return values
        .filter(({ value }) => isBad(value.toLowerCase()))
        .map((setting) => ({ message: messageOf(name, setting) }));
    },
  }),
);

function messageOf(name: string, { value, path, condition }: Pick<Setting, 'value'> & Partial<Setting>): string {
  if (path === undefined) return `${name} is not set, and sshd takes ${value}`;
  return `${path}: ${name} ${value.slice(0, 200)}${condition === undefined ? '' : ` for Match ${condition.slice(0, 100)}`}`;
}

function sshExample(main: string, more = ''): object {
  return {
    files: [
      fileExample('/usr/sbin/sshd', { mode: '0755' }),
      fileExample('/etc/ssh/sshd_config', { content: main }),
      fileExample('/etc/ssh/sshd_config.d', { type: 'directory', mode: '0755' }),
      fileExample('/etc/ssh/sshd_config.d/50-site.conf', { content: more }),
    ],
  };
}
