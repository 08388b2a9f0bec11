import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostIpc = serviceCheck({
  id: 'compose-host-ipc',
  title: 'A service shares memory with the processes of the host',
  severity: 'high',
  rationale: "Shared memory and message queues of the host's processes can be read and changed.",
  remediation:
    'Remove `ipc: host`; services share among themselves with `ipc: shareable` and `ipc: service:NAME`, and `shm_size` makes more room.',
  controls: ['AC-6', 'CM-7', 'SC-4', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#ipc',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  db:
    image: postgres:18
    shm_size: 256m
`,
    ],
    fail: [
      `services:
  db:
    image: postgres:18
    ipc: host
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('ipc'), (text) => text === 'host', 'ipc is host'),
});
