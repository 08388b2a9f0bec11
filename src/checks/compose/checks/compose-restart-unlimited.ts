import { serviceCheck, unwanted } from '../service-check.ts';

export const composeRestartUnlimited = serviceCheck({
  id: 'compose-restart-unlimited',
  title: 'A service is restarted without end',
  severity: 'low',
  rationale:
    "A service that fails at once is restarted over and over: it takes the host's time, and hides that something is wrong or is being tried.",
  remediation: 'Write `restart: on-failure:5`, or `max_attempts` under `deploy.restart_policy`.',
  controls: ['SC-5', 'SI-13'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#restart',
    'https://docs.docker.com/reference/compose-file/deploy/#restart_policy',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    restart: on-failure:5
`,
      `services:
  web:
    image: nginx:1.29
    deploy: { restart_policy: { condition: on-failure, max_attempts: 5 } }
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    restart: always
`,
      `services:
  web:
    image: nginx:1.29
    deploy: { restart_policy: { condition: any } }
`,
    ],
  },
  find: ({ setting }) => {
    const policy = setting.at('deploy', 'restart_policy');
    const isEndless =
      policy !== undefined && policy.at('condition')?.text !== 'none' && policy.at('max_attempts') === undefined;
    return [
      ...unwanted(
        setting.at('restart'),
        (text) => /^(?:always|unless-stopped|on-failure)$/.test(text),
        `restart is ${setting.at('restart')?.text}`,
      ),
      ...(isEndless ? [{ message: 'the restart policy has no max_attempts', at: policy }] : []),
    ];
  },
});
