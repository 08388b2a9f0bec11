import { editMember } from '../../yaml/index.ts';
import { missing, serviceCheck } from '../service-check.ts';

export const composeRootFilesystemWritable = serviceCheck({
  id: 'compose-root-filesystem-writable',
  title: 'A service can write to its own programs',
  severity: 'low',
  rationale: 'An intruder replaces programs and leaves tools behind where the root file system can be written.',
  remediation: 'Write `read_only: true` and give the places that the program writes to as `tmpfs` or volumes.',
  controls: ['CM-5', 'SI-7', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#read_only',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    read_only: true
    tmpfs: [/tmp, /var/cache/nginx, /run]
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
    read_only: false
`,
    ],
  },
  find: (service) => {
    const setting = service.given('read_only');
    const isSet = setting?.isTrue === true || setting?.interpolated.isOpen === true;
    return missing(service, isSet, 'read_only is not true', {
      fix: editMember(service.setting.document, [...service.setting.path, 'read_only'], true),
      fixMayBreak: 'a program that writes to files of its image',
    });
  },
});
