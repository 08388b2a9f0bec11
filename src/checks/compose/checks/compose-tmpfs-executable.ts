import { serviceCheck } from '../service-check.ts';

export const composeTmpfsExecutable = serviceCheck({
  id: 'compose-tmpfs-executable',
  title: 'Programs can be started from a file system in memory',
  severity: 'low',
  rationale:
    'An intruder puts tools there that leave no trace on a disk; engines mount it without that right by default.',
  remediation: 'Remove `exec`, `suid` and `dev` from the options.',
  controls: ['CM-7', 'SI-7'],
  references: ['https://docs.docker.com/reference/compose-file/services/#tmpfs'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    tmpfs: ["/tmp:size=64m,noexec,nosuid,nodev"]
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    tmpfs:
      - /tmp:exec,size=64m
`,
    ],
  },
  find: (service) =>
    service
      .ownItems('tmpfs')
      .filter(({ text }) => /[:,](?:exec|suid|dev)(?:,|$)/.test(text))
      .map((at) => ({ message: `the tmpfs ${at.text} allows programs, devices or set-user-ID`, at })),
});
