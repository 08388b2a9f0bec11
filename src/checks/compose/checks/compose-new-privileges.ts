import { editListItem } from '../../yaml/index.ts';
import { type ComposeService, securityOption } from '../file/service.ts';
import { missing, serviceCheck } from '../service-check.ts';

/** Said for the service, or for the engine as a whole and not taken back. */
function isSet(service: ComposeService): boolean {
  return service
    .allItems('security_opt')
    .map(({ text }) => securityOption(text))
    .some(({ name, value }) => name === 'no-new-privileges' && value !== 'false');
}

export const composeNewPrivileges = serviceCheck({
  id: 'compose-new-privileges',
  title: 'A service can gain privileges while it runs',
  severity: 'medium',
  rationale: 'Without no-new-privileges a set-user-ID program in the image makes an ordinary process a root one.',
  remediation: 'Write `no-new-privileges:true` under `security_opt`.',
  controls: ['AC-6', 'AC-6(10)', 'CM-6'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#security_opt',
    'https://docs.kernel.org/userspace-api/no_new_privs.html',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    security_opt:
      - no-new-privileges:true
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    ports: ["127.0.0.1:8080:80"]
`,
      `services:
  web:
    image: nginx:1.29
    security_opt:
      - label=type:web_t
`,
    ],
  },
  find: (service) =>
    missing(service, isSet(service), 'no-new-privileges is not set', {
      fix: editListItem(service.setting.document, [...service.setting.path, 'security_opt'], 'no-new-privileges:true'),
    }),
});
