import { serviceCheck } from '../service-check.ts';

export const composeApparmorUnconfined = serviceCheck({
  id: 'compose-apparmor-unconfined',
  title: 'A service runs without the AppArmor profile',
  severity: 'medium',
  rationale:
    'The default profile forbids mounting and writing to sensitive places of /proc and /sys even to root in the container.',
  remediation: 'Remove the option, or name a profile of your own.',
  controls: ['AC-3', 'AC-6', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#security_opt',
    'https://docs.docker.com/engine/security/apparmor/',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    security_opt: ["apparmor=docker-web"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    security_opt: ["apparmor=unconfined"]
`,
    ],
  },
  find: ({ securityOptions }) =>
    securityOptions
      .filter(({ name, value }) => name === 'apparmor' && value === 'unconfined')
      .map(({ at }) => ({ message: 'AppArmor is unconfined', at })),
});
