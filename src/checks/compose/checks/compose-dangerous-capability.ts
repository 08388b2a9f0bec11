import { serviceCheck } from '../service-check.ts';

/** Each of them has a known way out of a container, or past the limits that the kernel draws between processes. */
const DANGEROUS = new Set([
  'ALL',
  'AUDIT_CONTROL',
  'BPF',
  'CHECKPOINT_RESTORE',
  'DAC_READ_SEARCH',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_ADMIN',
  'PERFMON',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'SYS_TIME',
  'SYSLOG',
]);

/** @param capability with or without `CAP_` before it, in any case */
export function isDangerousCapability(capability: string): boolean {
  return DANGEROUS.has(capability.toUpperCase().replace(/^CAP_/, ''));
}

export const composeDangerousCapability = serviceCheck({
  id: 'compose-dangerous-capability',
  title: 'A service has a capability that leads to the host',
  severity: 'high',
  rationale:
    'Capabilities such as SYS_ADMIN, SYS_PTRACE, SYS_MODULE or DAC_READ_SEARCH let a process leave its container, load code into the kernel or read what other processes hold.',
  remediation: "Remove the capability from `cap_add`; look for the narrower one that the program's call needs.",
  controls: ['AC-6', 'AC-6(1)', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#cap_add',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    cap_drop: [ALL]
    cap_add: [NET_BIND_SERVICE, CHOWN]
`,
    ],
    fail: [
      `services:
  vpn:
    image: example.com/vpn:2.0
    cap_add:
      - CAP_SYS_ADMIN
`,
      `services:
  vpn:
    image: example.com/vpn:2.0
    cap_add: [all]
`,
    ],
  },
  find: (service) =>
    service
      .ownItems('cap_add')
      .filter(({ text }) => isDangerousCapability(text))
      .map((at) => ({ message: `the capability ${at.text} is added`, at })),
});
