import { serviceCheck, switchedOn, unwanted } from '../service-check.ts';

export const composeOomProtected = serviceCheck({
  id: 'compose-oom-protected',
  title: 'A service is kept alive at the cost of the host',
  severity: 'medium',
  rationale: "When memory runs out the kernel must end something: what is exempt makes it end the host's own services.",
  remediation:
    'Remove `oom_kill_disable` and negative values of `oom_score_adj`; give the service a limit of memory that suffices.',
  controls: ['SC-5', 'SC-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#oom_kill_disable',
    'https://docs.docker.com/reference/compose-file/services/#oom_score_adj',
  ],
  examples: {
    pass: [
      `services:
  db:
    image: postgres:18
    mem_limit: 2g
    oom_score_adj: 100
`,
    ],
    fail: [
      `services:
  db:
    image: postgres:18
    oom_kill_disable: true
`,
      `services:
  db:
    image: postgres:18
    oom_score_adj: -1000
`,
    ],
  },
  find: ({ setting }) => [
    ...switchedOn(setting.at('oom_kill_disable'), 'oom_kill_disable is true'),
    ...unwanted(setting.at('oom_score_adj'), (text) => /^-\d/.test(text), 'oom_score_adj is negative'),
  ],
});
