import { serviceCheck } from '../service-check.ts';

export const composeMountPropagation = serviceCheck({
  id: 'compose-mount-propagation',
  title: 'Mounts made in a service appear on the host',
  severity: 'medium',
  rationale: 'With shared propagation what a process mounts in the container is mounted on the host as well.',
  remediation: 'Remove the option; `rslave` suffices to see what the host mounts later.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#volumes',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  media:
    image: example.com/media:5
    volumes: ["/mnt/media:/media:ro,rslave"]
`,
    ],
    fail: [
      `services:
  media:
    image: example.com/media:5
    volumes: ["/mnt/media:/media:rshared"]
`,
      `services:
  media:
    image: example.com/media:5
    volumes:
      - type: bind
        source: /mnt/media
        target: /media
        bind: { propagation: shared }
`,
    ],
  },
  find: ({ hostMounts }) =>
    hostMounts
      .filter(({ propagation }) => propagation === 'shared' || propagation === 'rshared')
      .map(({ source, propagation, at }) => ({ message: `the mount of ${source} is ${propagation}`, at })),
});
