import { serviceCheck } from '../service-check.ts';

export const composeLinks = serviceCheck({
  id: 'compose-links',
  title: 'Services are joined by links',
  severity: 'info',
  rationale:
    'Links are kept for old files only; on a network of their own services find each other by name, and who reaches whom stands in `networks`.',
  remediation: 'Replace `links` by `networks`, and by `depends_on` for the order in which they start.',
  controls: ['CM-7', 'SC-7'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#links',
    'https://docs.docker.com/engine/network/links/',
  ],
  examples: {
    pass: [
      `services:
  web:
    image: nginx:1.29
    depends_on: [db]
  db:
    image: postgres:18
`,
    ],
    fail: [
      `services:
  web:
    image: nginx:1.29
    links:
      - db
  db:
    image: postgres:18
`,
    ],
  },
  find: (service) =>
    service
      .ownItems('links')
      .slice(0, 1)
      .map((at) => ({ message: `a link to ${at.text}`, at })),
});
