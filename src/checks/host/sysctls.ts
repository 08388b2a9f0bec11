import { type Evidence, EvidenceMissing, need } from '#posture/index.ts';
import type { EvidenceAnswer } from '../evidence-check.ts';
import { type HostCheck, type HostWords, hostCheck, processExamples, processesOf } from './host-check.ts';

const KERNEL_MANUAL = 'https://docs.kernel.org/admin-guide/sysctl/kernel.html';
const FS_MANUAL = 'https://docs.kernel.org/admin-guide/sysctl/fs.html';
const NET_MANUAL = 'https://docs.kernel.org/networking/ip-sysctl.html';
const VM_MANUAL = 'https://docs.kernel.org/admin-guide/sysctl/vm.html';

/** Parameters that are right whatever else the host does. */
interface Row extends Omit<HostWords, 'remediation'> {
  readonly names: readonly string[];
  /** At least this number, or one of these values. */
  readonly wanted: number | readonly string[];
  /** The value to set. */
  readonly set: string;
  /** A value that fails. */
  readonly bad: string;
}

const rows: readonly Row[] = [
  {
    id: 'host-kernel-addresses-shown',
    title: 'The kernel shows its addresses to every user',
    severity: 'low',
    rationale: 'Exploits of the kernel need addresses in it: with them, a hole is one step and not two.',
    controls: ['CM-6', 'SC-39'],
    references: [KERNEL_MANUAL],
    names: ['kernel.kptr_restrict'],
    wanted: 1,
    set: '2',
    bad: '0',
  },
  {
    id: 'host-kernel-log-shown',
    title: 'Every user may read the log of the kernel',
    severity: 'low',
    rationale: 'The log has addresses, devices and crashes in it that help to attack the kernel, also from containers.',
    controls: ['CM-6', 'SC-39'],
    references: [KERNEL_MANUAL],
    names: ['kernel.dmesg_restrict'],
    wanted: 1,
    set: '1',
    bad: '0',
  },
  {
    id: 'host-unprivileged-bpf',
    title: 'Users without rights may load programs into the kernel',
    severity: 'medium',
    rationale: 'The verifier of these programs was the way into the kernel many times.',
    controls: ['CM-6', 'CM-7'],
    references: [KERNEL_MANUAL],
    names: ['kernel.unprivileged_bpf_disabled'],
    wanted: 1,
    set: '1',
    bad: '0',
  },
  {
    id: 'host-bpf-jit-not-hardened',
    title: 'Programs that are loaded into the kernel are compiled without hardening',
    severity: 'low',
    rationale: 'Constants of a loaded program lie in executable memory of the kernel as the attacker wrote them.',
    controls: ['CM-6'],
    references: ['https://docs.kernel.org/admin-guide/sysctl/net.html'],
    names: ['net.core.bpf_jit_harden'],
    wanted: 1,
    set: '2',
    bad: '0',
  },
  {
    id: 'host-process-tracing',
    title: 'Processes may read the memory of all others of their user',
    severity: 'medium',
    rationale: 'One taken-over process takes keys and sessions out of the memory of the others.',
    controls: ['AC-6', 'CM-6'],
    references: ['https://docs.kernel.org/admin-guide/LSM/Yama.html'],
    names: ['kernel.yama.ptrace_scope'],
    wanted: 1,
    set: '1',
    bad: '0',
  },
  {
    id: 'host-address-randomisation',
    title: 'Programs are not loaded at random addresses',
    severity: 'medium',
    rationale: 'With known addresses a bug in any program is an exploit that works the first time.',
    controls: ['CM-6'],
    references: [KERNEL_MANUAL],
    names: ['kernel.randomize_va_space'],
    wanted: 2,
    set: '2',
    bad: '0',
  },
  {
    id: 'host-performance-events',
    title: 'Users without rights may measure the kernel',
    severity: 'low',
    rationale: 'The interface leaks what the kernel does and had many holes.',
    controls: ['CM-7'],
    references: [KERNEL_MANUAL],
    names: ['kernel.perf_event_paranoid'],
    wanted: 2,
    set: '2',
    bad: '1',
  },
  {
    id: 'host-system-request-keys',
    title: 'All commands of the system request key are open',
    severity: 'low',
    rationale: 'Whoever is at the console, also a virtual one, kills processes and reads memory without signing in.',
    controls: ['CM-7'],
    references: ['https://docs.kernel.org/admin-guide/sysrq.html'],
    names: ['kernel.sysrq'],
    wanted: ['0', '4', '16', '20', '48', '52', '176', '180', '244', '438'],
    set: '0',
    bad: '1',
  },
  {
    id: 'host-link-protection',
    title: 'Links and pipes in shared directories are followed for others',
    severity: 'medium',
    rationale: 'A program with more rights is led by a link in /tmp to write to a file that the attacker chooses.',
    controls: ['AC-6', 'CM-6'],
    references: [FS_MANUAL],
    names: ['fs.protected_symlinks', 'fs.protected_hardlinks', 'fs.protected_fifos', 'fs.protected_regular'],
    wanted: 1,
    set: '1',
    bad: '0',
  },
  {
    id: 'host-redirects-accepted',
    title: 'The host lets others redirect its traffic',
    severity: 'medium',
    rationale: 'Somebody in the network makes the host send its traffic through a machine of theirs.',
    controls: ['SC-7', 'CM-6'],
    references: [NET_MANUAL],
    names: ['net.ipv4.conf.all.accept_redirects', 'net.ipv6.conf.all.accept_redirects'],
    wanted: ['0'],
    set: '0',
    bad: '1',
  },
  {
    id: 'host-redirects-sent',
    title: 'The host redirects the traffic of others',
    severity: 'low',
    rationale: 'A host that is no router has no routes to teach; its redirects tell about the networks of containers.',
    controls: ['CM-7'],
    references: [NET_MANUAL],
    names: ['net.ipv4.conf.all.send_redirects'],
    wanted: ['0'],
    set: '0',
    bad: '1',
  },
  {
    id: 'host-source-routes',
    title: 'Packets may say themselves how they are routed',
    severity: 'medium',
    rationale: 'Packets reach networks, also those of containers, that filters were meant to close.',
    controls: ['SC-7', 'CM-6'],
    references: [NET_MANUAL],
    names: ['net.ipv4.conf.all.accept_source_route', 'net.ipv6.conf.all.accept_source_route'],
    wanted: ['0', '-1'],
    set: '0',
    bad: '1',
  },
  {
    id: 'host-syn-cookies',
    title: 'A flood of half-open connections stops services',
    severity: 'low',
    rationale: 'Without cookies a single machine can use up all places for new connections.',
    controls: ['SC-5'],
    references: [NET_MANUAL],
    names: ['net.ipv4.tcp_syncookies'],
    wanted: 1,
    set: '1',
    bad: '0',
  },
  {
    id: 'host-first-page-mapped',
    title: 'Programs may use the memory at address zero',
    severity: 'medium',
    rationale: 'Bugs of the kernel that follow a pointer to nothing become ways into it.',
    controls: ['CM-6'],
    references: [VM_MANUAL],
    names: ['vm.mmap_min_addr'],
    wanted: 4096,
    set: '65536',
    bad: '0',
  },
  {
    id: 'host-unprivileged-userfaultfd',
    title: 'Users without rights may stop the kernel at a page fault',
    severity: 'low',
    rationale: 'Stopping the kernel at the right moment makes races in it easy to win.',
    controls: ['CM-7'],
    references: [VM_MANUAL],
    names: ['vm.unprivileged_userfaultfd'],
    wanted: ['0'],
    set: '0',
    bad: '1',
  },
];

const ofRows = rows.map(({ names, wanted, set, bad, ...words }) =>
  hostCheck({
    ...words,
    remediation: `Run \`sysctl -w ${names.map((name) => `${name}=${set}`).join(' ')}\` and write it to \`/etc/sysctl.d/60-hardening.conf\`.`,
    pass: [sysctlExample(names, set)],
    fail: [sysctlExample(names, bad)],
    *find(evidence) {
      for (const name of names) {
        const value = sysctl(evidence, name);
        if (!isWanted(value, wanted))
          yield {
            message: `${name} is ${value}`,
            remediation: `Run \`sysctl -w ${name}=${set}\` and write it to \`/etc/sysctl.d/60-hardening.conf\`.`,
          };
      }
    },
  }),
);

function isWanted(value: string, wanted: number | readonly string[]): boolean {
  return typeof wanted === 'number' ? Number(value) >= wanted : wanted.includes(value);
}

function sysctlExample(names: readonly string[], value: string): object {
  return { sysctls: Object.fromEntries(names.map((name) => [name, value])) };
}

function sysctl(evidence: Evidence, name: string): string {
  const value = need(evidence.sysctls).get(name);
  if (value === undefined)
    throw new EvidenceMissing(`${name} could not be read: the kernel may have been built without it`);
  return value;
}

const reversePath = hostCheck({
  id: 'host-reverse-path-filter',
  title: 'Packets with a false sender are accepted',
  severity: 'low',
  rationale: 'Containers and neighbours send packets in the name of others, and answers go where the attacker wants.',
  remediation: 'Set `net.ipv4.conf.all.rp_filter` to 1, or to 2 where the network of containers has several ways.',
  controls: ['SC-7'],
  references: [NET_MANUAL],
  pass: [
    { sysctls: { 'net.ipv4.conf.all.rp_filter': '2', 'net.ipv4.conf.default.rp_filter': '0' } },
    { sysctls: { 'net.ipv4.conf.all.rp_filter': '0', 'net.ipv4.conf.default.rp_filter': '1' } },
  ],
  fail: [{ sysctls: { 'net.ipv4.conf.all.rp_filter': '0', 'net.ipv4.conf.default.rp_filter': '0' } }],
  // The larger one of an interface's own and that of all is in force.
  *find(evidence) {
    const [all, own] = ['all', 'default'].map((name) => sysctl(evidence, `net.ipv4.conf.${name}.rp_filter`));
    if (all === '0' && own === '0') yield { message: 'net.ipv4.conf.all.rp_filter and that of new interfaces are 0' };
  },
});

const forwarders =
  /^(?:dockerd|containerd|crio|kubelet|podman|conmon|k3s.{0,16}|rke2|lxc-.{1,16}|libvirtd|wg-.{1,16}|openvpn|netavark)$/;

const forwarding = hostCheck({
  id: 'host-forwards-packets',
  title: 'The host routes packets without having containers',
  severity: 'low',
  rationale: 'A host that routes without a need joins networks that were meant to be apart.',
  remediation: 'Set `net.ipv4.ip_forward` to 0 where neither containers nor virtual machines run.',
  controls: ['AC-4', 'CM-7'],
  references: [NET_MANUAL],
  pass: [
    { sysctls: { 'net.ipv4.ip_forward': '0' }, processes: processExamples('sshd') },
    { sysctls: { 'net.ipv4.ip_forward': '1' }, processes: processExamples('dockerd') },
  ],
  fail: [{ sysctls: { 'net.ipv4.ip_forward': '1' }, processes: processExamples('sshd') }],
  find: forwardingAnswer,
});

function forwardingAnswer(evidence: Evidence): EvidenceAnswer {
  if (sysctl(evidence, 'net.ipv4.ip_forward') === '0') return [];
  const hasContainers = processesOf(evidence).some(({ name, isContainer }) => isContainer || forwarders.test(name));
  return hasContainers ? [] : [{ message: 'net.ipv4.ip_forward is 1, and no engine of containers runs' }];
}

const setuidDumps = hostCheck({
  id: 'host-setuid-core-dumps',
  title: 'Programs with more rights leave their memory behind when they crash',
  severity: 'medium',
  rationale: 'The memory of programs like sudo and ssh-keysign has passwords and keys in it.',
  remediation: 'Set `fs.suid_dumpable` to 0.',
  controls: ['AC-6', 'CM-6'],
  references: [FS_MANUAL],
  pass: [
    { sysctls: { 'fs.suid_dumpable': '0' } },
    { sysctls: { 'fs.suid_dumpable': '2', 'kernel.core_pattern': '|/usr/lib/systemd/systemd-coredump' } },
  ],
  fail: [
    { sysctls: { 'fs.suid_dumpable': '1' } },
    { sysctls: { 'fs.suid_dumpable': '2', 'kernel.core_pattern': 'core' } },
  ],
  *find(evidence) {
    const value = sysctl(evidence, 'fs.suid_dumpable');
    const isSafe = value === '0' || (value === '2' && /^[|/]/.test(sysctl(evidence, 'kernel.core_pattern')));
    if (!isSafe) yield { message: `fs.suid_dumpable is ${value}` };
  },
});

const corePattern = hostCheck({
  id: 'host-core-dumps-in-place',
  title: 'Crashing programs write their memory where they stand',
  severity: 'low',
  rationale: 'Dumps with secrets pile up in directories and volumes of containers, where others read them.',
  remediation: 'Set `kernel.core_pattern` to a collector (`|/usr/lib/systemd/systemd-coredump …`) or to `|/bin/false`.',
  controls: ['CM-6', 'SC-4'],
  references: [KERNEL_MANUAL],
  pass: [{ sysctls: { 'kernel.core_pattern': '|/bin/false' } }],
  fail: [{ sysctls: { 'kernel.core_pattern': 'core' } }],
  *find(evidence) {
    const pattern = sysctl(evidence, 'kernel.core_pattern');
    if (pattern !== '' && !/^[|/@]/.test(pattern)) yield { message: `kernel.core_pattern is ${pattern}` };
  },
});

export const sysctlChecks: readonly HostCheck[] = [...ofRows, reversePath, forwarding, setuidDumps, corePattern];
