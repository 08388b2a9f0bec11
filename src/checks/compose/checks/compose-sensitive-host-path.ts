import type { ComposeFile } from '../file/compose-file.ts';
import { hostPath } from '../file/mount.ts';
import type { ComposeService } from '../file/service.ts';
import { type Found, serviceCheck } from '../service-check.ts';

/** With all that is below. */
const TREES = ['/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/root', '/sys', '/usr', '/bin', '/sbin'];
const ENGINES = [
  '/var/lib/docker',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/kubelet',
  '/run/containerd',
];
/** Themselves only: what is below belongs to somebody in particular. */
const DIRECTORIES = new Set(['/', '/home', '/var', '/var/lib', '/var/log', '/run', '/var/run', '/opt', '/srv', '~']);
/** Clocks and names that programs ask for; reading them tells nothing. */
const HARMLESS = new Set([
  '/etc/localtime',
  '/etc/timezone',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/machine-id',
  '/etc/os-release',
  '/etc/ssl/certs',
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/usr/share/zoneinfo',
  '/usr/share/ca-certificates',
  '/dev/null',
  '/dev/shm',
]);

/** Whether a directory of the host is the host's own business. */
export function isSensitiveHostPath(source: string, isReadOnly: boolean): boolean {
  if (DIRECTORIES.has(source)) return true;
  if (isReadOnly && HARMLESS.has(source)) return false;
  return [...TREES, ...ENGINES].some((tree) => source === tree || source.startsWith(`${tree}/`));
}

/** A named volume that is a directory of the host in truth. */
function boundVolumes({ root }: ComposeFile, service: ComposeService): Found[] {
  return service.ownItems('volumes').flatMap((at) => {
    const name = at.at('source')?.text ?? at.text.split(':', 1)[0] ?? '';
    const device = root.at('volumes')?.at(name, 'driver_opts', 'device')?.text;
    return device !== undefined && isSensitiveHostPath(hostPath(device), false)
      ? [{ message: `the volume ${name} is ${device} of the host`, at }]
      : [];
  });
}

export const composeSensitiveHostPath = serviceCheck({
  id: 'compose-sensitive-host-path',
  title: 'A service sees a system directory of the host',
  severity: 'high',
  rationale:
    "What lies there (accounts, programs, devices, the engine's own data) is the host; who can write it, and often who can read it, is no longer in a container.",
  remediation: 'Mount the one file or directory that the program needs, read-only; keep data in named volumes.',
  controls: ['AC-3', 'AC-6', 'CM-5', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#volumes',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    volumes:
      - ./html:/usr/share/nginx/html:ro
      - /etc/localtime:/etc/localtime:ro
      - data:/data
volumes:
  data: {}
`,
    ],
    fail: [
      `services:
  backup:
    image: example.com/backup:3.1
    volumes:
      - /:/host:ro
`,
      `services:
  backup:
    image: example.com/backup:3.1
    volumes:
      - type: bind
        source: /etc
        target: /host/etc
`,
      `services:
  backup:
    image: example.com/backup:3.1
    volumes: [system:/host]
volumes:
  system:
    driver_opts: { type: none, o: bind, device: /etc }
`,
    ],
  },
  find: (service, file) => [
    ...service.hostMounts
      .filter(({ source, isReadOnly }) => isSensitiveHostPath(source, isReadOnly))
      .map(({ source, isReadOnly, at }) => ({
        message: `${source} of the host is mounted${isReadOnly ? ' (read-only)' : ' and can be written'}`,
        at,
      })),
    ...boundVolumes(file, service),
  ],
});
