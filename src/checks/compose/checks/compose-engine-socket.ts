import { serviceCheck, switchedOn } from '../service-check.ts';

const SOCKET = /(?:^|\/)(?:docker|dockershim|containerd|crio|podman|cri-dockerd|buildkitd)\.sock$/;

export const composeEngineSocket = serviceCheck({
  id: 'compose-engine-socket',
  title: 'A service can talk to the container engine of the host',
  severity: 'critical',
  rationale:
    "Whoever can write to the socket of an engine can start a privileged container with the host's file system in it; mounting the socket read-only changes nothing about that.",
  remediation:
    'Take the socket out; where a program must see containers, put a proxy between that allows only the calls which it needs.',
  controls: ['AC-3', 'AC-6', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#volumes',
    'https://docs.docker.com/engine/security/protect-access/',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  proxy:
    image: traefik:3.6
    volumes: ["./traefik.yaml:/etc/traefik/traefik.yaml:ro"]
`,
    ],
    fail: [
      `services:
  proxy:
    image: traefik:3.6
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
`,
      `services:
  agent:
    image: example.com/agent:1.4
    use_api_socket: true
`,
    ],
  },
  find: (service) => [
    ...service.hostMounts
      .filter(({ source }) => SOCKET.test(source))
      .map(({ source, at }) => ({ message: `the socket of the engine is mounted (${source})`, at })),
    ...switchedOn(service.own('use_api_socket'), 'use_api_socket is true'),
  ],
});
