import { missing, serviceCheck } from '../service-check.ts';

export const composeHealthcheckMissing = serviceCheck({
  id: 'compose-healthcheck-missing',
  title: 'Nobody asks whether a service works',
  severity: 'low',
  rationale: 'A service that hangs, or does something else than it should, counts as running.',
  remediation: 'Give a `healthcheck` that asks what users ask, unless the image has one.',
  controls: ['CP-10', 'SI-13'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["CMD", "curl", "-fsS", "http://localhost/"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
`,
    ],
  },
  find: (service) => missing(service, service.given('healthcheck') !== undefined, 'there is no healthcheck'),
});
