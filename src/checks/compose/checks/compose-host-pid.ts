import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostPid = serviceCheck({
  id: 'compose-host-pid',
  title: 'A service sees the processes of the host',
  severity: 'high',
  rationale: 'It reads the environment of every process, with the secrets in it, and can signal or trace them.',
  remediation: 'Remove `pid: host`.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#pid',
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
  agent:
    image: example.com/agent:1.4
    pid: "host"
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('pid'), (text) => text === 'host', 'pid is host'),
});
