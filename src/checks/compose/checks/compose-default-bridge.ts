import { serviceCheck, unwanted } from '../service-check.ts';

export const composeDefaultBridge = serviceCheck({
  id: 'compose-default-bridge',
  title: "A service is on the engine's default bridge",
  severity: 'low',
  rationale: 'All containers that say nothing meet on that bridge and reach each other there.',
  remediation: 'Remove `network_mode: bridge` and name networks that only those share who talk to each other.',
  controls: ['AC-4', 'SC-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#network_mode',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    networks: [front]
networks:
  front: {}
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    network_mode: bridge
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('network_mode'), (text) => text === 'bridge', 'network_mode is bridge'),
});
