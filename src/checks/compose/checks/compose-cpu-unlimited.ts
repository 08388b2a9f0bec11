import { missing, serviceCheck } from '../service-check.ts';

const LIMITS = ['cpus', 'cpu_quota', 'cpu_shares', 'cpu_count', 'cpu_percent', 'cpuset'];

export const composeCpuUnlimited = serviceCheck({
  id: 'compose-cpu-unlimited',
  title: 'A service may use all processors of the host',
  severity: 'low',
  rationale: 'A busy or hijacked service leaves no time to the others: coins are mined this way.',
  remediation: 'Give a limit: `cpus: 1.5`, or `cpus` under `deploy.resources.limits`.',
  controls: ['SC-5', 'SC-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#cpus',
    'https://docs.docker.com/reference/compose-file/deploy/#cpus',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    cpus: 0.5
`,
      `services:
  web:
    image: nginx:1.29
    deploy: { resources: { limits: { cpus: "0.5" } } }
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    cpus: 0
`,
    ],
  },
  find: (service) =>
    missing(
      service,
      [...LIMITS.map((name) => service.given(name)), service.given('deploy', 'resources', 'limits', 'cpus')].some(
        (limit) => limit !== undefined && !/^(?:-1|0+(?:\.0+)?)$/.test(limit.text),
      ),
      'processor time is not limited',
    ),
});
