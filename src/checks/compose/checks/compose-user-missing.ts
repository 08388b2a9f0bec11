import { missing, serviceCheck } from '../service-check.ts';

export const composeUserMissing = serviceCheck({
  id: 'compose-user-missing',
  title: 'A service does not say which user it runs as',
  severity: 'low',
  rationale:
    'It runs as whoever the image says, which is root where the image says nothing, and may change with the next build of the image.',
  remediation: 'Give a numeric user that is not 0: `user: "10001:10001"`.',
  controls: ['AC-6', 'CM-6'],
  references: ['https://docs.docker.com/reference/compose-file/services/#user'],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    user: "10001"
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
`,
    ],
  },
  find: (service) => missing(service, service.given('user') !== undefined, 'no user is given'),
});
