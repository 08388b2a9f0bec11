import { holds } from '../file/port.ts';
import { serviceCheck } from '../service-check.ts';

export const composePortSsh = serviceCheck({
  id: 'compose-port-ssh',
  title: 'A service is reachable over SSH',
  severity: 'medium',
  rationale: 'A second way in with keys and accounts of its own, which nobody keeps up to date or looks at.',
  remediation: 'Remove it; `docker compose exec` opens a shell where one is needed.',
  controls: ['AC-17', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    ports: ["127.0.0.1:8080:80"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    ports: ["2222:22"]
`,
    ],
  },
  find: ({ ports }) =>
    ports
      .filter(({ target }) => holds(target, 22))
      .map(({ at }) => ({ message: 'its port 22 (SSH) is published', at })),
});
