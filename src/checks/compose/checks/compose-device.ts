import { serviceCheck } from '../service-check.ts';

/** Devices that everything may have: random numbers, nothing, a video card's rendering. */
const HARMLESS = /^\/dev\/(?:null|zero|full|random|urandom|tty|fuse|dri(?:\/renderD\d{1,4})?)$/;

export const composeDevice = serviceCheck({
  id: 'compose-device',
  title: 'A service has a device of the host',
  severity: 'medium',
  rationale:
    "A device is a way around the file system and into drivers of the kernel; disks and memory are all of the host's data.",
  remediation:
    'Give only the device that the program is for, with the rights it needs (`/dev/ttyUSB0:/dev/ttyUSB0:rw`), never a disk or memory.',
  controls: ['AC-3', 'AC-6', 'CM-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#devices',
    'https://www.cisecurity.org/benchmark/docker',
  ],
  examples: {
    pass: [
      `services:
  sensor:
    image: example.com/sensor:1.2
    devices: ["/dev/dri/renderD128"]
`,
    ],
    fail: [
      `services:
  sensor:
    image: example.com/sensor:1.2
    devices:
      - /dev/sda:/dev/sda
`,
      `services:
  sensor:
    image: example.com/sensor:1.2
    device_cgroup_rules: ["a *:* rwm"]
`,
    ],
  },
  find: (service) => [
    ...service
      .ownItems('devices')
      .map((at) => ({ at, device: at.at('source')?.text ?? at.text.split(':', 1)[0] ?? '' }))
      .filter(({ device }) => device.startsWith('/') && !HARMLESS.test(device))
      .map(({ at, device }) => ({ message: `the device ${device} is given`, at })),
    ...service
      .ownItems('device_cgroup_rules')
      .filter(({ text }) => /^(?:a\b|[bc] \*:)/.test(text))
      .map((at) => ({ message: `the rule ${at.text} allows every device`, at })),
  ],
});
