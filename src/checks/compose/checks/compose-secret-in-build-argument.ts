import { assignmentsOf } from '../file/assignment.ts';
import { namesSecret, secretInUrl } from '../secret-words.ts';
import { serviceCheck } from '../service-check.ts';

export const composeSecretInBuildArgument = serviceCheck({
  id: 'compose-secret-in-build-argument',
  title: 'A secret is given to a build as an argument',
  severity: 'high',
  rationale: "Arguments of a build are kept in the image's history, where everybody reads them who can pull it.",
  remediation: 'Give it under `build.secrets` and use it with `RUN --mount=type=secret`.',
  controls: ['IA-5', 'IA-5(7)', 'SC-28'],
  references: [
    'https://docs.docker.com/reference/compose-file/build/#args',
    'https://docs.docker.com/reference/compose-file/build/#secrets',
    'https://docs.docker.com/build/building/secrets/',
  ],
  examples: {
    pass: [
      `services:
  web:
    build:
      context: .
      args: { NODE_VERSION: "24" }
      secrets: [npm_token]
secrets:
  npm_token: { environment: NPM_TOKEN }
`,
    ],
    fail: [
      `services:
  web:
    build:
      context: .
      args:
        NPM_TOKEN: \${NPM_TOKEN}
`,
      `services:
  web:
    build:
      context: .
      args: ["DB_PASSWORD=tops3cret"]
`,
    ],
  },
  find: (service) =>
    assignmentsOf(service.own('build', 'args'))
      .filter((one) => (namesSecret(one) && one.value !== '') || secretInUrl(one))
      .map(({ name, at }) => ({ message: `the build argument ${name} carries a secret`, at })),
});
