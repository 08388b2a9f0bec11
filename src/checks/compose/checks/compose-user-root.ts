import { serviceCheck, unwanted } from '../service-check.ts';

export const composeUserRoot = serviceCheck({
  id: 'compose-user-root',
  title: 'A service runs as root',
  severity: 'high',
  rationale:
    'Root in a container is root of the host as soon as any wall between them has a hole, and can change everything in the container until then.',
  remediation: 'Give a numeric user that is not 0: `user: "10001:10001"`.',
  controls: ['AC-6', 'AC-6(10)'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#user',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    user: "10001:10001"
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    user: root
`,
      `services:
  web:
    image: nginx:1.29
    user: "0:0"
`,
    ],
  },
  find: ({ setting }) =>
    unwanted(
      setting.at('user'),
      (text) => /^(?:root|0+)(?::|$)/.test(text.trim()),
      `user is ${setting.at('user')?.text}`,
    ),
});
