import { serviceCheck, unwanted } from '../service-check.ts';

export const composeCgroupParent = serviceCheck({
  id: 'compose-cgroup-parent',
  title: 'A service is put into a control group of its own choice',
  severity: 'low',
  rationale: "In another group the limits of the engine's own do not hold for it.",
  remediation: 'Remove `cgroup_parent` unless that group has limits which somebody looks after.',
  controls: ['CM-6', 'SC-5'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#cgroup_parent',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    mem_limit: 256m
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    cgroup_parent: m-executor-abcd
`,
    ],
  },
  find: ({ setting }) =>
    unwanted(
      setting.at('cgroup_parent'),
      (text) => text !== '',
      `cgroup_parent is ${setting.at('cgroup_parent')?.text}`,
    ),
});
