import { serviceCheck } from '../service-check.ts';

/** Programs that lock their memory ask for no limit there, and say why in their manuals. */
const EXPECTED = new Set(['memlock', 'rtprio']);

export const composeUlimitUnlimited = serviceCheck({
  id: 'compose-ulimit-unlimited',
  title: 'A limit of the kernel is lifted for a service',
  severity: 'low',
  rationale: 'Limits on open files, processes or core dumps hold back what an intruder can exhaust or leave behind.',
  remediation: 'Give the number that the program needs.',
  controls: ['SC-5', 'SC-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#ulimits',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  search:
    image: example.com/search:9
    ulimits:
      nofile: { soft: 65536, hard: 65536 }
      memlock: -1
`,
    ],
    fail: [
      `services:
  search:
    image: example.com/search:9
    ulimits:
      nproc: -1
`,
      `services:
  search:
    image: example.com/search:9
    ulimits:
      core: { soft: 0, hard: -1 }
`,
    ],
  },
  find: ({ setting }) =>
    (setting.at('ulimits')?.members() ?? [])
      .filter(({ name }) => !EXPECTED.has(name))
      .filter((limit) => [limit, limit.at('soft'), limit.at('hard')].some((one) => one?.text === '-1'))
      .map((at) => ({ message: `the limit ${at.name} is lifted`, at })),
});
