import { serviceCheck } from '../service-check.ts';

export const composeSelinuxDisabled = serviceCheck({
  id: 'compose-selinux-disabled',
  title: 'A service runs without separation by SELinux',
  severity: 'medium',
  rationale:
    "With labels disabled a process that leaves its container is not held by the host's mandatory access control.",
  remediation: 'Remove `label:disable`; let mounts be relabelled with `:z` or `:Z` instead.',
  controls: ['AC-3', 'AC-6', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#security_opt',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    volumes: ["./html:/usr/share/nginx/html:ro,Z"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    security_opt:
      - label:disable
`,
    ],
  },
  find: ({ securityOptions }) =>
    securityOptions
      .filter(({ name, value }) => name === 'label' && /^disable$/i.test(value))
      .map(({ at }) => ({ message: 'labels of SELinux are disabled', at })),
});
