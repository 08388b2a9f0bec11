import { serviceCheck } from '../service-check.ts';

export const composeSeccompUnconfined = serviceCheck({
  id: 'compose-seccomp-unconfined',
  title: 'A service runs without the seccomp profile',
  severity: 'high',
  rationale:
    'The default profile keeps some forty system calls from containers, those with which kernels were broken most often.',
  remediation: 'Remove the option; where a call is missing, give a profile of your own that adds that one call.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#security_opt',
    'https://docs.docker.com/engine/security/seccomp/',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    security_opt:
      - seccomp=./seccomp.json
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    security_opt:
      - seccomp:unconfined
`,
    ],
  },
  find: ({ securityOptions }) =>
    securityOptions
      .filter(({ name, value }) => name === 'seccomp' && value === 'unconfined')
      .map(({ at }) => ({ message: 'seccomp is unconfined', at })),
});
