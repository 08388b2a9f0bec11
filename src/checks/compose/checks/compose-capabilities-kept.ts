import { editListItem } from '../../yaml/index.ts';
import { missing, serviceCheck } from '../service-check.ts';

export const composeCapabilitiesKept = serviceCheck({
  id: 'compose-capabilities-kept',
  title: 'A service keeps the capabilities that engines give by default',
  severity: 'medium',
  rationale:
    'The fourteen capabilities of the default set (CHOWN, SETUID, NET_RAW and others) are of use to an intruder and of none to most services.',
  remediation: 'Write `cap_drop: [ALL]` and add back in `cap_add` what the program turns out to need.',
  controls: ['AC-6', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#cap_drop',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    cap_drop:
      - ALL
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
`,
      `services:
  web:
    image: nginx:1.29
    cap_drop: [NET_RAW]
`,
    ],
  },
  find: (service) =>
    missing(
      service,
      service.allItems('cap_drop').some(({ text }) => text.toUpperCase() === 'ALL'),
      'not all capabilities are dropped',
      {
        fix: editListItem(service.setting.document, [...service.setting.path, 'cap_drop'], 'ALL'),
        fixMayBreak: 'a program that changes owners of files or needs another capability',
      },
    ),
});
