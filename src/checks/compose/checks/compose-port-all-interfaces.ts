import { isOnAllInterfaces } from '../file/port.ts';
import { serviceCheck } from '../service-check.ts';

export const composePortAllInterfaces = serviceCheck({
  id: 'compose-port-all-interfaces',
  title: 'A port is open on all interfaces of the host',
  severity: 'medium',
  rationale:
    "Engines open published ports past the host's firewall rules; without an address they are reachable from every network that the host is in.",
  remediation: 'Give the address that it is for: `127.0.0.1:8080:80` for programs of the host and a proxy on it.',
  controls: ['AC-4', 'CM-7', 'SC-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#ports',
    'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    ports: ["127.0.0.1:8080:80", "[::1]:8080:80"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    ports:
      - "8080:80"
`,
      `services:
  web:
    image: nginx:1.29
    ports:
      - target: 80
        published: "8080"
        host_ip: 0.0.0.0
`,
    ],
  },
  find: ({ ports }) =>
    ports
      .filter(isOnAllInterfaces)
      .map(({ at, target }) => ({ message: `port ${target?.first ?? ''} is open on all interfaces`, at })),
});
