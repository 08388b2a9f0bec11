import { serviceCheck } from '../service-check.ts';

/** Variables of widely used images that switch authentication off, with the values that do. */
const SWITCHES: ReadonlyMap<string, RegExp> = new Map([
  ['POSTGRES_HOST_AUTH_METHOD', /^trust$/i],
  ['MYSQL_ALLOW_EMPTY_PASSWORD', /^(?!(?:no|false|0)?$)/i],
  ['MARIADB_ALLOW_EMPTY_ROOT_PASSWORD', /^(?!(?:no|false|0)?$)/i],
  ['MARIADB_ALLOW_EMPTY_PASSWORD', /^(?!(?:no|false|0)?$)/i],
  ['ALLOW_EMPTY_PASSWORD', /^(?:yes|true|1)$/i],
  ['ALLOW_ANONYMOUS_LOGIN', /^(?:yes|true|1)$/i],
  ['ALLOW_PLAINTEXT_LISTENER', /^(?:yes|true|1)$/i],
  ['XPACK.SECURITY.ENABLED', /^false$/i],
  ['XPACK_SECURITY_ENABLED', /^false$/i],
  ['PLUGINS.SECURITY.DISABLED', /^true$/i],
  ['DISABLE_SECURITY_PLUGIN', /^true$/i],
  ['NEO4J_AUTH', /^none$/i],
  ['GF_AUTH_ANONYMOUS_ENABLED', /^true$/i],
  ['CLICKHOUSE_SKIP_USER_SETUP', /^(?:true|1)$/i],
]);

export const composeAuthenticationOff = serviceCheck({
  id: 'compose-authentication-off',
  title: 'A service lets everybody in',
  severity: 'high',
  rationale:
    'A data store without a password belongs to whoever reaches it, from any other container on its network too.',
  remediation: 'Remove the variable and give the service a password from `secrets`.',
  controls: ['AC-3', 'IA-2', 'IA-5'],
  references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  examples: {
    pass: [
      `services:
  db:
    image: postgres:18
    environment:
      POSTGRES_HOST_AUTH_METHOD: scram-sha-256
`,
    ],
    fail: [
      `services:
  db:
    image: postgres:18
    environment:
      POSTGRES_HOST_AUTH_METHOD: trust
`,
      `services:
  search:
    image: example.com/search:9
    environment:
      - xpack.security.enabled=false
`,
    ],
  },
  find: ({ environment }) =>
    environment
      .filter(({ name, value }) => value !== undefined && SWITCHES.get(name.toUpperCase())?.test(value))
      .map(({ name, value, at }) => ({ message: `${name} is ${value}`, at })),
});
