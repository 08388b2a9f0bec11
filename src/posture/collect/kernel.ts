import type { Evidence, Kernel } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { readSmallText } from './read-text.ts';

/** What checks of hosts ask about. */
const SYSCTLS = [
  'fs.protected_fifos',
  'fs.protected_hardlinks',
  'fs.protected_regular',
  'fs.protected_symlinks',
  'fs.suid_dumpable',
  'kernel.core_pattern',
  'kernel.dmesg_restrict',
  'kernel.kexec_load_disabled',
  'kernel.kptr_restrict',
  'kernel.perf_event_paranoid',
  'kernel.randomize_va_space',
  'kernel.sysrq',
  'kernel.unprivileged_bpf_disabled',
  'kernel.yama.ptrace_scope',
  'net.core.bpf_jit_harden',
  'net.ipv4.conf.all.accept_redirects',
  'net.ipv4.conf.all.accept_source_route',
  'net.ipv4.conf.all.rp_filter',
  'net.ipv4.conf.all.secure_redirects',
  'net.ipv4.conf.all.send_redirects',
  'net.ipv4.conf.default.accept_redirects',
  'net.ipv4.conf.default.rp_filter',
  'net.ipv4.icmp_echo_ignore_broadcasts',
  'net.ipv4.ip_forward',
  'net.ipv4.tcp_syncookies',
  'net.ipv6.conf.all.accept_redirects',
  'net.ipv6.conf.all.accept_source_route',
  'user.max_user_namespaces',
  'vm.mmap_min_addr',
  'vm.unprivileged_userfaultfd',
];

export async function collectKernel(root: string): Promise<Pick<Evidence, 'kernel' | 'osRelease' | 'sysctls'>> {
  const [kernel, osRelease, sysctls] = await Promise.all([uname(root), collectOsRelease(root), collectSysctls(root)]);
  return { kernel, osRelease, sysctls };
}

async function uname(root: string): Promise<Known<Kernel>> {
  const [release, version, machine] = await Promise.all(
    ['osrelease', 'version', 'arch'].map((name) => readSmallText(`${root}proc/sys/kernel/${name}`)),
  );
  const textOf = (part: Known<string> | undefined) => (part && 'known' in part ? part.known.trim() : undefined);
  const name = textOf(release);
  if (name === undefined) return missing('the version of the kernel cannot be read from /proc');
  return known({ release: name, version: textOf(version) ?? '', machine: textOf(machine) ?? process.arch });
}

async function collectOsRelease(root: string): Promise<Evidence['osRelease']> {
  const first = await readSmallText(`${root}etc/os-release`);
  const text = 'known' in first ? first : await readSmallText(`${root}usr/lib/os-release`);
  return 'known' in text ? known(parseOsRelease(text.known)) : text;
}

function parseOsRelease(text: string): Map<string, string> {
  const entries = text.split('\n').flatMap((line) => {
    const match = /^([A-Z][A-Z0-9_]{0,63})=(["']?)(.{0,1024})\2$/.exec(line.trim());
    return match ? [[match[1] ?? '', match[3] ?? ''] as const] : [];
  });
  return new Map(entries);
}

async function collectSysctls(root: string): Promise<Evidence['sysctls']> {
  const read = await Promise.all(
    SYSCTLS.map(async (name) => [name, await readSmallText(`${root}proc/sys/${name.replaceAll('.', '/')}`)] as const),
  );
  const entries = read.flatMap(([name, text]) => ('known' in text ? [[name, text.known.trim()] as const] : []));
  return entries.length > 0 ? known(new Map(entries)) : missing('none could be read below /proc/sys');
}
