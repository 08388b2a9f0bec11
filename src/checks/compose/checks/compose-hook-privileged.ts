import { serviceCheck, switchedOn, unwanted } from '../service-check.ts';

const HOOKS = ['post_start', 'pre_stop'];

export const composeHookPrivileged = serviceCheck({
  id: 'compose-hook-privileged',
  title: 'A hook of a service runs privileged or as root',
  severity: 'high',
  rationale:
    'Hooks run in the container beside its program; a privileged one gives the rights there that the service itself was denied.',
  remediation: 'Remove `privileged` and `user: root` from the hook; do what needs root when the image is built.',
  controls: ['AC-6', 'AC-6(10)', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#post_start',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    post_start:
      - command: ./warm-cache.sh
        user: "10001"
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    post_start:
      - command: chown -R www-data /data
        user: root
`,
      `services:
  web:
    image: nginx:1.29
    pre_stop:
      - command: ./flush.sh
        privileged: true
`,
    ],
  },
  find: (service) =>
    HOOKS.flatMap((name) => service.ownItems(name)).flatMap((hook) => [
      ...unwanted(hook.at('user'), (text) => /^(?:root|0+)(?::|$)/.test(text), 'a hook runs as root'),
      ...switchedOn(hook.at('privileged'), 'a hook is privileged'),
    ]),
});
