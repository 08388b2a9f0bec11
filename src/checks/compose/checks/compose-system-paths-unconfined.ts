import { serviceCheck } from '../service-check.ts';

export const composeSystemPathsUnconfined = serviceCheck({
  id: 'compose-system-paths-unconfined',
  title: 'A service sees the masked parts of proc and sys',
  severity: 'high',
  rationale:
    'Engines hide files of /proc and /sys through which the kernel is steered or spied upon; with systempaths unconfined they are there.',
  remediation: 'Remove `systempaths=unconfined`.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  references: ['https://docs.docker.com/reference/compose-file/services/#security_opt'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    security_opt: ["no-new-privileges:true"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    security_opt: ["systempaths=unconfined"]
`,
    ],
  },
  find: ({ securityOptions }) =>
    securityOptions
      .filter(({ name, value }) => name === 'systempaths' && value === 'unconfined')
      .map(({ at }) => ({ message: 'system paths are unconfined', at })),
});
