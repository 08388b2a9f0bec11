import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostUts = serviceCheck({
  id: 'compose-host-uts',
  title: "A service shares the host's name",
  severity: 'medium',
  rationale: 'With SYS_ADMIN it changes the name of the host, which other programs trust.',
  remediation: 'Remove `uts: host`; `hostname` gives the service a name of its own.',
  controls: ['CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#uts',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    hostname: web
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    uts: host
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('uts'), (text) => text === 'host', 'uts is host'),
});
