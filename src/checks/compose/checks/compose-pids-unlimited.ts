import { missing, serviceCheck } from '../service-check.ts';

export const composePidsUnlimited = serviceCheck({
  id: 'compose-pids-unlimited',
  title: 'A service may start any number of processes',
  severity: 'low',
  rationale: "Processes that start processes fill the kernel's table, after which nobody on the host can start any.",
  remediation: 'Give a limit: `pids_limit: 200`, or `pids` under `deploy.resources.limits`.',
  controls: ['SC-5', 'SC-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#pids_limit',
    'https://docs.docker.com/reference/compose-file/deploy/#pids',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    pids_limit: 200
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
`,
      `services:
  web:
    image: nginx:1.29
    pids_limit: -1
`,
    ],
  },
  find: (service) =>
    missing(
      service,
      [service.given('pids_limit'), service.given('deploy', 'resources', 'limits', 'pids')].some(
        (limit) => limit !== undefined && !/^(?:-1|0+)$/.test(limit.text),
      ),
      'the number of processes is not limited',
    ),
});
