import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostNetwork = serviceCheck({
  id: 'compose-host-network',
  title: 'A service uses the network of the host',
  severity: 'high',
  rationale:
    "It sees and reaches all that listens on the host, on loopback too, and can listen on any of the host's ports.",
  remediation: 'Remove `network_mode: host` and publish the ports that are needed.',
  controls: ['AC-4', 'CM-7', 'SC-7'],
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
    network_mode: host
`,
      `services:
  web:
    image: nginx:1.29
    network_mode: \${MODE:-host}
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('network_mode'), (text) => text === 'host', 'network_mode is host'),
});
