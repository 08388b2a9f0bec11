import { serviceCheck, unwanted } from '../service-check.ts';

export const composeHostCgroup = serviceCheck({
  id: 'compose-host-cgroup',
  title: 'A service sees the control groups of the host',
  severity: 'medium',
  rationale:
    'The names of control groups tell what else runs on the host, and a writable hierarchy has led out of containers.',
  remediation: 'Remove `cgroup: host`; `private` is what engines do by default.',
  controls: ['CM-7', 'SC-39'],
  references: ['https://docs.docker.com/reference/compose-file/services/#cgroup'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    cgroup: private
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    cgroup: host
`,
    ],
  },
  find: ({ setting }) => unwanted(setting.at('cgroup'), (text) => text === 'host', 'cgroup is host'),
});
