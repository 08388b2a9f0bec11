import { serviceCheck } from '../service-check.ts';

export const composeHealthcheckDisabled = serviceCheck({
  id: 'compose-healthcheck-disabled',
  title: 'The health check of an image is switched off',
  severity: 'low',
  rationale: "What the image's authors ask of it is no longer asked, and a service that hangs counts as running.",
  remediation: 'Remove `disable: true`, or give a test that suits better.',
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
    healthcheck: { test: ["CMD", "true"], interval: 30s }
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    healthcheck:
      disable: true
`,
      `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["NONE"]
`,
    ],
  },
  find: ({ setting }) => {
    const check = setting.at('healthcheck');
    const isOff = check?.at('disable')?.isTrue === true || check?.at('test')?.items()[0]?.text === 'NONE';
    return check !== undefined && isOff ? [{ message: 'the health check is switched off', at: check }] : [];
  },
});
