import { holdsSecret, secretInUrl } from '../secret-words.ts';
import { serviceCheck } from '../service-check.ts';

export const composeSecretInEnvironment = serviceCheck({
  id: 'compose-secret-in-environment',
  title: 'A secret stands in the file',
  severity: 'high',
  rationale: "Whoever reads the file, any of its old versions, or the container's configuration has the secret.",
  remediation:
    'Put it under `secrets` and name the file in a variable that ends in `_FILE`, or leave the value to whoever starts it.',
  controls: ['IA-5', 'IA-5(7)', 'SC-28'],
  references: [
    'https://docs.docker.com/reference/compose-file/services/#environment',
    'https://docs.docker.com/reference/compose-file/secrets/',
    'https://docs.docker.com/compose/how-tos/use-secrets/',
  ],
  examples: {
    pass: [
      `services:
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
      POSTGRES_USER: \${DB_USER:-shop}
      API_TOKEN: \${API_TOKEN:?}
    secrets: [db_password]
secrets:
  db_password: { file: ./db_password.txt }
`,
    ],
    fail: [
      `services:
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: correct-horse
`,
      `services:
  db:
    image: postgres:18
    environment:
      - POSTGRES_PASSWORD=\${DB_PASSWORD:-changeme}
`,
      `services:
  web:
    image: example.com/web:1.0
    environment:
      DATABASE_URL: postgres://shop:correct-horse@db/shop
`,
    ],
  },
  find: ({ environment }) =>
    environment
      .filter((one) => holdsSecret(one) || secretInUrl(one))
      .map(({ name, at }) => ({ message: `the variable ${name} has its secret in the file`, at })),
});
