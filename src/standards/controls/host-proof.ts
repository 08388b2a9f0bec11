import type { Proof } from '../control.ts';

/** Parts of a machine's evidence that differ from those of a hardened one: parameters and files one by one, other parts whole. */
interface HostChange {
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly files?: readonly File[];
  readonly parts?: object;
}

interface File {
  readonly path: string;
  readonly type?: string;
  readonly mode?: string;
  readonly uid?: number;
  readonly content?: string;
}

/** A hardened machine on which this is different, and the hardened machine. */
export function hosts(change: HostChange): Proof {
  return { subject: 'host', violates: bundle(change), satisfies: bundle({}) };
}

function bundle({ sysctls = {}, files = [], parts = {} }: HostChange): string {
  const paths = new Set(files.map(({ path }) => path));
  return JSON.stringify({
    schema: 'plimsoll.evidence.v1',
    collectedAt: '2026-11-24T08:00:00Z',
    hostname: 'billing-3',
    kernel: { release: '6.12.48-1-default', version: '#1 SMP Debian (2026-10-02)', machine: 'x86_64' },
    osRelease: { ID: 'sle-micro', VERSION_ID: '5.5' },
    sysctls: { ...hardenedSysctls, ...sysctls },
    mounts: [
      mount('/', ['ro']),
      ...['/tmp', '/var/tmp', '/dev/shm'].map((path) => mount(path, ['rw', 'nodev', 'nosuid', 'noexec'])),
    ],
    users: [user('root', 0, 'locked'), user('postfix', 51, 'locked'), user('clerk', 1004, 'set')],
    groups: [{ name: 'disk', gid: 6, members: [] }],
    auditRules: [rule('-w /etc -p wa -k etc', 1), rule('-e 2', 2)],
    processes: runningAre('systemd-journald', 'auditd', 'chronyd', 'fluent-bit', 'dockerd', 'sshd'),
    listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 22, uid: 0, pid: 7, program: 'sshd' }],
    systemTree: { looked: 81_442, writable: [], unowned: [] },
    packageFiles: { compared: 20_117, changed: [] },
    ...parts,
    files: [...hardenedFiles.filter(({ path }) => !paths.has(path)), ...files].map(fact),
  });
}

const hardenedSysctls: Readonly<Record<string, string>> = {
  'fs.protected_fifos': '1',
  'fs.protected_hardlinks': '1',
  'fs.protected_regular': '2',
  'fs.protected_symlinks': '1',
  'fs.suid_dumpable': '0',
  'kernel.core_pattern': '|/bin/false',
  'kernel.dmesg_restrict': '1',
  'kernel.kptr_restrict': '2',
  'kernel.perf_event_paranoid': '3',
  'kernel.randomize_va_space': '2',
  'kernel.sysrq': '0',
  'kernel.unprivileged_bpf_disabled': '1',
  'kernel.yama.ptrace_scope': '1',
  'net.core.bpf_jit_harden': '2',
  'net.ipv4.conf.all.accept_redirects': '0',
  'net.ipv4.conf.all.accept_source_route': '0',
  'net.ipv4.conf.all.rp_filter': '2',
  'net.ipv4.conf.all.send_redirects': '0',
  'net.ipv4.conf.default.rp_filter': '2',
  'net.ipv4.ip_forward': '1',
  'net.ipv4.tcp_syncookies': '1',
  'net.ipv6.conf.all.accept_redirects': '0',
  'net.ipv6.conf.all.accept_source_route': '0',
  'vm.mmap_min_addr': '65536',
  'vm.unprivileged_userfaultfd': '0',
};

export const SSH_SETTINGS = '/etc/ssh/sshd_config';
export const SSH_KEY = '/etc/ssh/ssh_host_ed25519_key';
export const SECURE_BOOT = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';

const directories = ['/etc/sudoers.d', '/etc/ssh', '/etc/ssh/sshd_config.d', '/etc/cron.d', '/etc/cron.daily'];

const hardenedFiles: readonly File[] = [
  ...['/etc/passwd', '/etc/passwd-', '/etc/group', '/etc/group-', '/etc/crontab'].map((path) => ({ path })),
  ...['/etc/shadow', '/etc/shadow-', '/etc/gshadow', '/etc/gshadow-'].map((path) => ({ path, mode: '0640' })),
  ...[...directories, '/etc/cron.hourly', '/boot', '/sys/firmware/efi', '/sys/class/tpm/tpm0'].map((path) => ({
    path,
    type: 'directory',
    mode: '0755',
  })),
  ...['/root', '/root/.ssh'].map((path) => ({ path, type: 'directory', mode: '0700' })),
  ...['/tmp', '/var/tmp', '/dev/shm'].map((path) => ({ path, type: 'directory', mode: '1777' })),
  ...['/boot/grub/grub.cfg', '/boot/grub2/grub.cfg', '/sys/fs/selinux/enforce', '/run/ostree-booted'].map((path) => ({
    path,
    type: 'absent',
  })),
  ...['/etc/systemd/journald.conf.d', '/etc/apt/apt.conf.d'].map((path) => ({ path, type: 'absent' })),
  { path: '/etc/sudoers', mode: '0440', content: '%wheel ALL=(ALL) ALL\n' },
  { path: SSH_SETTINGS, mode: '0600', content: 'PermitRootLogin no\nPasswordAuthentication no\n' },
  { path: SSH_KEY, mode: '0600' },
  { path: '/boot/vmlinuz-6.12.48-1-default' },
  { path: '/sys/module/apparmor/parameters/enabled', content: 'Y\n' },
  { path: '/sys/kernel/security/lockdown', content: 'none [integrity] confidentiality\n' },
  { path: SECURE_BOOT, content: '\u0006\u0000\u0000\u0000\u0001' },
  { path: '/sys/kernel/security/tpm0/binary_bios_measurements' },
  { path: '/proc/swaps', content: 'Filename Type Size Used Priority\n' },
  { path: '/etc/systemd/journald.conf', content: '[Journal]\nStorage=persistent\n' },
  { path: '/etc/systemd/system/timers.target.wants', type: 'directory', mode: '0755' },
  { path: '/etc/systemd/system/timers.target.wants/transactional-update.timer' },
];

function fact({ path, type = 'file', ...more }: File): object {
  return type === 'absent' ? { path, type } : { path, type, mode: '0644', uid: 0, gid: 0, ...more };
}

function mount(target: string, options: readonly string[]): object {
  return { target, type: 'ext4', source: '/dev/sda1', options };
}

export function user(name: string, uid: number, password: string): object {
  return { name, uid, gid: uid, home: `/home/${name}`, shell: '/bin/bash', password };
}

function rule(text: string, line: number): object {
  return { file: '/etc/audit/rules.d/site.rules', line, text };
}

/** Started by the first process. */
export function runningAre(...names: readonly string[]): object[] {
  return ['systemd', ...names].map((name, index) => ({
    pid: index + 1,
    parent: Math.min(index, 1),
    uid: 0,
    name,
    arguments: [`/usr/sbin/${name}`],
  }));
}
