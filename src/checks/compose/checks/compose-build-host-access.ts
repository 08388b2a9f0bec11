import { serviceCheck, switchedOn, unwanted } from '../service-check.ts';

export const composeBuildHostAccess = serviceCheck({
  id: 'compose-build-host-access',
  title: 'A build has access to the host',
  severity: 'high',
  rationale:
    "Build steps run what was downloaded a moment ago; privileged, or in the host's network, they do it with the host's rights.",
  remediation: 'Remove `privileged`, `network: host` and the entitlements from `build`.',
  controls: ['AC-6', 'CM-7', 'SR-3'],
  references: [
    'https://docs.docker.com/reference/compose-file/build/#privileged',
    'https://docs.docker.com/reference/compose-file/build/#entitlements',
    'https://docs.docker.com/reference/compose-file/build/#network',
  ],
  examples: {
    pass: [
      `services:
  web:
    build:
      context: .
      network: none
`,
    ],
    fail: [
      `services:
  web:
    build:
      context: .
      privileged: true
`,
      `services:
  web:
    build:
      context: .
      entitlements: [security.insecure]
`,
      `services:
  web:
    build:
      context: .
      network: host
`,
    ],
  },
  find: (service) => [
    ...switchedOn(service.own('build', 'privileged'), 'the build is privileged'),
    ...unwanted(service.own('build', 'network'), (text) => text === 'host', 'the build uses the network of the host'),
    ...service
      .ownItems('build', 'entitlements')
      .filter(({ text }) => text === 'security.insecure' || text === 'network.host')
      .map((at) => ({ message: `the build is allowed ${at.text}`, at })),
  ],
});
