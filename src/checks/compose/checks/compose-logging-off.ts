import { serviceCheck, unwanted } from '../service-check.ts';

export const composeLoggingOff = serviceCheck({
  id: 'compose-logging-off',
  title: 'A service writes no logs',
  severity: 'medium',
  rationale: 'What happened cannot be found out afterwards.',
  remediation: 'Remove `driver: none`; `max-size` and `max-file` keep logs small.',
  controls: ['AU-2', 'AU-12'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#logging',
    'https://docs.docker.com/engine/logging/configure/',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    logging:
      driver: json-file
      options: { max-size: 10m, max-file: "3" }
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    logging:
      driver: none
`,
    ],
  },
  find: ({ setting }) =>
    unwanted(setting.at('logging', 'driver'), (text) => text === 'none', 'the logging driver is none'),
});
