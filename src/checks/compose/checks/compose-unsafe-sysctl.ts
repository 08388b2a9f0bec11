import { assignmentsOf } from '../file/assignment.ts';
import { serviceCheck } from '../service-check.ts';

/** Those that a container has to itself and that Kubernetes calls safe, https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const SAFE = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
  'net.core.somaxconn',
]);

export const composeUnsafeSysctl = serviceCheck({
  id: 'compose-unsafe-sysctl',
  title: 'A setting of the kernel is changed for a service',
  severity: 'medium',
  rationale:
    'Settings outside of the safe set concern other containers as well, or open the network of the container further than it looks.',
  remediation: 'Remove it, or set it for the host where its administrators see it.',
  controls: ['CM-6', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#sysctls',
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    sysctls:
      net.core.somaxconn: 1024
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    sysctls:
      kernel.msgmax: 65536
`,
      `services:
  web:
    image: nginx:1.29
    sysctls:
      - net.ipv4.ip_forward=1
`,
    ],
  },
  find: ({ setting }) =>
    assignmentsOf(setting.at('sysctls'))
      .filter(({ name }) => !SAFE.has(name))
      .map(({ name, at }) => ({ message: `${name} is set`, at })),
});
