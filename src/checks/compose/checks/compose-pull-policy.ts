import { imageOf } from '../image-name.ts';
import { serviceCheck, unwanted } from '../service-check.ts';

export const composePullPolicy = serviceCheck({
  id: 'compose-pull-policy',
  title: 'A service may run an old copy of an image',
  severity: 'low',
  rationale:
    'What lies on the host already is taken for the image of that name, however old it is and whoever built it there.',
  remediation: 'Remove `pull_policy`, write `always`, or pin the image to its digest.',
  controls: ['CM-2', 'SI-2'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#pull_policy',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    pull_policy: always
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    pull_policy: never
`,
      `services:
  web:
    image: nginx:1.29
    pull_policy: if_not_present
`,
    ],
  },
  find: (service) =>
    imageOf(service)?.hasDigest === false
      ? unwanted(
          service.own('pull_policy'),
          (text) => /^(?:never|missing|if_not_present)$/.test(text),
          `pull_policy is ${service.own('pull_policy')?.text}`,
        )
      : [],
});
