import { missing, serviceCheck } from '../service-check.ts';

export const composeMemoryUnlimited = serviceCheck({
  id: 'compose-memory-unlimited',
  title: 'A service may use all memory of the host',
  severity: 'medium',
  rationale:
    'One service that leaks or is made to leak takes the memory of all others, and the kernel ends what it chooses.',
  remediation: 'Give a limit: `mem_limit: 512m`, or `memory` under `deploy.resources.limits`.',
  controls: ['SC-5', 'SC-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#mem_limit',
    'https://docs.docker.com/reference/compose-file/deploy/#memory',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    mem_limit: 256m
`,
      `services:
  web:
    image: nginx:1.29
    deploy: { resources: { limits: { memory: 256M } } }
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
`,
    ],
  },
  find: (service) =>
    missing(
      service,
      [service.given('mem_limit'), service.given('deploy', 'resources', 'limits', 'memory')].some(
        (limit) => limit !== undefined && !/^(?:-1|0+)$/.test(limit.text),
      ),
      'memory is not limited',
    ),
});
