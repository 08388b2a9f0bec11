import { serviceCheck } from '../service-check.ts';

export const composePortPrivileged = serviceCheck({
  id: 'compose-port-privileged',
  title: 'A port below 1024 of the host leads to a service',
  severity: 'low',
  rationale:
    "Users of the host trust what listens there to be the host's own; 80 and 443 are left out, since the web expects them.",
  remediation: 'Publish it on a port from 1024 on and let the proxy in front lead there.',
  controls: ['CM-7', 'SC-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    ports: ["127.0.0.1:8025:25", "443:8443"]
`,
    ],
    fail: [
      `services:
  mail:
    image: example.com/mail:1
    ports: ["25:25"]
`,
    ],
  },
  find: ({ ports }) =>
    ports
      .filter(({ published }) => published !== undefined && published.first > 0 && published.first < 1024)
      .filter(({ published }) => !(published?.first === published?.last && [80, 443].includes(published?.first ?? 0)))
      .map(({ at, published }) => ({ message: `port ${published?.first} of the host leads to it`, at })),
});
