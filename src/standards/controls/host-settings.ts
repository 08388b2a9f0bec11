import type { Control, Proof } from '../control.ts';
import { checks } from './evidence.ts';
import { hosts, runningAre, SSH_KEY, SSH_SETTINGS, user } from './host-proof.ts';

const kernelChecks = [
  'host-kernel-addresses-shown',
  'host-kernel-log-shown',
  'host-unprivileged-bpf',
  'host-bpf-jit-not-hardened',
  'host-process-tracing',
  'host-address-randomisation',
  'host-performance-events',
  'host-system-request-keys',
  'host-link-protection',
  'host-first-page-mapped',
  'host-unprivileged-userfaultfd',
  'host-setuid-core-dumps',
  'host-core-dumps-in-place',
  'host-no-mandatory-access-control',
  'host-kernel-not-locked',
];

const kernelProofs: readonly Proof[] = [
  hosts({
    sysctls: {
      'kernel.kptr_restrict': '0',
      'kernel.dmesg_restrict': '0',
      'kernel.unprivileged_bpf_disabled': '0',
      'net.core.bpf_jit_harden': '0',
      'kernel.yama.ptrace_scope': '0',
      'kernel.randomize_va_space': '0',
      'kernel.perf_event_paranoid': '-1',
      'kernel.sysrq': '1',
      'fs.protected_symlinks': '0',
      'vm.mmap_min_addr': '0',
      'vm.unprivileged_userfaultfd': '1',
      'fs.suid_dumpable': '1',
      'kernel.core_pattern': 'core.%p',
    },
    files: [
      { path: '/sys/module/apparmor/parameters/enabled', content: 'N\n' },
      { path: '/sys/kernel/security/lockdown', content: '[none] integrity confidentiality\n' },
    ],
  }),
];

const networkChecks = [
  'host-redirects-accepted',
  'host-redirects-sent',
  'host-source-routes',
  'host-syn-cookies',
  'host-reverse-path-filter',
  'host-forwards-packets',
];

const networkProofs: readonly Proof[] = [
  hosts({
    sysctls: {
      'net.ipv4.conf.all.accept_redirects': '1',
      'net.ipv4.conf.all.send_redirects': '1',
      'net.ipv4.conf.all.accept_source_route': '1',
      'net.ipv4.tcp_syncookies': '0',
      'net.ipv4.conf.all.rp_filter': '0',
      'net.ipv4.conf.default.rp_filter': '0',
    },
    parts: { processes: runningAre('systemd-journald', 'sshd') },
  }),
];

const fileChecks = [
  'host-account-files-writable',
  'host-password-files-readable',
  'host-sudoers-writable',
  'host-ssh-keys-readable',
  'host-ssh-settings-writable',
  'host-schedules-writable',
  'host-boot-settings-writable',
  'host-root-home-open',
  'host-shared-directory-sticky',
  'host-writable-by-everybody',
  'host-files-without-owner',
  'host-mount-tmp',
  'host-mount-var-tmp',
  'host-mount-shared-memory',
];

const fileProofs: readonly Proof[] = [
  hosts({
    files: [
      { path: '/etc/passwd', mode: '0666' },
      { path: '/etc/shadow', mode: '0644' },
      { path: '/etc/sudoers', mode: '0660', content: '' },
      { path: SSH_KEY, mode: '0644' },
      { path: SSH_SETTINGS, mode: '0664', content: 'PermitRootLogin no\nPasswordAuthentication no\n' },
      { path: '/etc/crontab', uid: 1004 },
      { path: '/boot', type: 'directory', mode: '0777' },
      { path: '/root', type: 'directory', mode: '0755' },
      { path: '/tmp', type: 'directory', mode: '0777' },
    ],
    parts: {
      mounts: [{ target: '/', type: 'ext4', source: '/dev/sda1', options: ['rw'] }],
      systemTree: { looked: 81_442, writable: ['/usr/local/bin/backup'], unowned: ['/opt/agent/run'] },
    },
  }),
];

const accountChecks = [
  'host-second-root',
  'host-shared-user-number',
  'host-empty-password',
  'host-service-account-sign-in',
  'host-root-group-members',
  'host-sudo-without-password',
];

const accountProofs: readonly Proof[] = [
  hosts({
    parts: {
      users: [
        user('root', 0, 'locked'),
        user('system', 0, 'set'),
        user('postfix', 51, 'set'),
        user('clerk', 1004, 'empty'),
        user('porter', 1004, 'set'),
      ],
      groups: [{ name: 'disk', gid: 6, members: ['clerk'] }],
    },
    files: [{ path: '/etc/sudoers', mode: '0440', content: 'clerk ALL=(ALL) NOPASSWD: ALL\n' }],
  }),
];

const sshChecks = [
  'host-ssh-root-sign-in',
  'host-ssh-passwords',
  'host-ssh-empty-passwords',
  'host-ssh-host-based',
  'host-ssh-user-environment',
  'host-ssh-x11',
  'host-ssh-tries',
  'host-ssh-log-level',
  'host-ssh-weak-ciphers',
  'host-ssh-weak-key-exchange',
];

const sshProofs: readonly Proof[] = [
  hosts({
    files: [
      {
        path: SSH_SETTINGS,
        mode: '0600',
        content: `PermitRootLogin yes
PasswordAuthentication yes
PermitEmptyPasswords yes
HostbasedAuthentication yes
PermitUserEnvironment yes
X11Forwarding yes
MaxAuthTries 50
LogLevel QUIET
Ciphers aes128-cbc
KexAlgorithms diffie-hellman-group1-sha1
`,
      },
    ],
  }),
];

/** How the operating system of hosts is set. */
export const hostSettingControls: readonly Control[] = [
  {
    id: 'PLM-HOST-HARDENED',
    family: 'host',
    title: 'The operating system of hosts is hardened by a standard',
    anchors: ['CM-6', 'CM-7'],
    why: 'The host carries all its containers.',
    attack: "One hole in the host's own services makes every wall of containers worthless.",
    remedy: 'Apply a hardening standard for the operating system, and check it continuously.',
    evidence: [checks(...kernelChecks, ...networkChecks, ...fileChecks, ...accountChecks, ...sshChecks)],
    proofs: [...kernelProofs, ...networkProofs, ...fileProofs, ...accountProofs, ...sshProofs],
  },
  {
    id: 'PLM-HOST-KERNEL-SETTINGS',
    family: 'host',
    title: 'The kernel of hosts is set to resist programs that run on it',
    anchors: ['AC-3', 'AC-6', 'CM-5', 'CM-6', 'CM-7', 'SC-4', 'SC-39', 'SI-7'],
    why: 'All containers share the kernel: what makes its holes harder to use helps every one of them.',
    attack: 'A program in a container reads addresses of the kernel and loads code into it.',
    remedy: 'Set the parameters in /etc/sysctl.d, and switch on AppArmor or SELinux and lockdown.',
    evidence: [checks(...kernelChecks)],
    proofs: kernelProofs,
  },
  {
    id: 'PLM-HOST-NETWORK-SETTINGS',
    family: 'host',
    title: 'Hosts do not let the network decide how they route',
    anchors: ['AC-4', 'CM-6', 'CM-7', 'SC-5', 'SC-7'],
    why: 'A host stands between networks of containers and those outside.',
    attack: 'Somebody in the network redirects the traffic of the host, or sends packets in the name of others.',
    remedy: 'Set the parameters below net.ipv4 and net.ipv6 in /etc/sysctl.d.',
    evidence: [checks(...networkChecks)],
    proofs: networkProofs,
  },
  {
    id: 'PLM-HOST-FILE-RIGHTS',
    family: 'host',
    title: 'Only root can change the files that hosts run on',
    anchors: ['AC-3', 'AC-6', 'CM-6', 'CM-7'],
    why: 'What root starts or reads must not be for others to write.',
    attack: 'A user of the host, or a container with a directory of it, changes a program that root runs.',
    remedy: 'Give the files to root, and take rights to write from all others.',
    evidence: [checks(...fileChecks)],
    proofs: fileProofs,
  },
  {
    id: 'PLM-HOST-ACCOUNTS',
    family: 'host',
    title: 'Accounts of hosts have a password, a number and rights of their own',
    anchors: ['AC-2', 'AC-3', 'AC-6', 'IA-2', 'IA-4', 'IA-5'],
    why: 'Records and limits are worth what the accounts are that they name.',
    attack: 'A second root, or an account without a password, is a way in that nobody sees.',
    remedy: 'Remove such accounts, lock those of services, and let sudo ask.',
    evidence: [checks(...accountChecks)],
    proofs: accountProofs,
  },
  {
    id: 'PLM-HOST-SSH',
    family: 'host',
    title: 'SSH on hosts lets in named people with keys only',
    anchors: ['AC-6', 'AC-17', 'AU-2', 'AU-12', 'CM-6', 'CM-7', 'IA-2', 'IA-5', 'SC-8(1)', 'SC-13'],
    why: 'SSH is the door of nearly every host.',
    attack: 'Passwords are guessed, or root signs in and nobody knows who it was.',
    remedy: 'Forbid root and passwords, and keep the lists of algorithms at their defaults.',
    evidence: [checks(...sshChecks)],
    proofs: sshProofs,
  },
];
