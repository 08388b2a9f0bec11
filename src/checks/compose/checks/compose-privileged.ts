import { editMember } from '../../yaml/index.ts';
import { serviceCheck, switchedOn } from '../service-check.ts';

export const composePrivileged = serviceCheck({
  id: 'compose-privileged',
  title: 'A service runs privileged',
  severity: 'critical',
  rationale:
    'A privileged container has all capabilities, all devices and no seccomp or AppArmor profile: whoever breaks into it owns the host.',
  remediation:
    'Remove `privileged: true`; give the single capability or device that the program needs with `cap_add` or `devices`.',
  controls: ['AC-6', 'AC-6(1)', 'CM-7', 'SC-39'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#privileged',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    cap_add: [NET_BIND_SERVICE]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    privileged: true
`,
    ],
  },
  find: ({ setting }) =>
    switchedOn(setting.at('privileged'), 'privileged is true').map((found) => ({
      ...found,
      fix: editMember(setting.document, [...setting.path, 'privileged'], false),
      fixMayBreak: 'a program that works on devices or settings of its host',
    })),
});
