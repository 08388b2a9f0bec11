import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostUserns = serviceCheck({
  id: 'compose-host-userns',
  title: "A service is taken out of the engine's user namespace",
  severity: 'high',
  rationale:
    "Where the engine maps root of containers to an unprivileged user, this service's root is the host's again.",
  remediation: 'Remove `userns_mode: host`.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#userns_mode',
    'https://docs.docker.com/engine/security/userns-remap/',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    userns_mode: host
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('userns_mode'), (text) => text === 'host', 'userns_mode is host'),
});
