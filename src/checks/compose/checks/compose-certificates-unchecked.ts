import { serviceCheck } from '../service-check.ts';

const SWITCHES: ReadonlyMap<string, RegExp> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/],
  ['PYTHONHTTPSVERIFY', /^0$/],
  ['GIT_SSL_NO_VERIFY', /^(?:true|1|yes)$/i],
  ['CURL_INSECURE', /^(?:true|1|yes)$/i],
  ['NPM_CONFIG_STRICT_SSL', /^(?:false|0)$/i],
  ['VAULT_SKIP_VERIFY', /^(?:true|1)$/i],
  ['DOCKER_TLS_VERIFY', /^0$/],
]);

export const composeCertificatesUnchecked = serviceCheck({
  id: 'compose-certificates-unchecked',
  title: 'A service does not check certificates',
  severity: 'medium',
  rationale: 'Whoever is between the service and what it talks to reads and changes what they say.',
  remediation: "Remove the variable; give the authority's certificate to the program instead.",
  controls: ['SC-8', 'SC-8(1)', 'SC-23'],
  references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  examples: {
    pass: [
      `services:
  web:
    image: example.com/web:1.0
    environment:
      NODE_EXTRA_CA_CERTS: /etc/ssl/company.pem
`,
    ],
    fail: [
      `services:
  web:
    image: example.com/web:1.0
    environment:
      NODE_TLS_REJECT_UNAUTHORIZED: 0
`,
    ],
  },
  find: ({ environment }) =>
    environment
      .filter(({ name, value }) => value !== undefined && SWITCHES.get(name.toUpperCase())?.test(value))
      .map(({ name, value, at }) => ({ message: `${name} is ${value}`, at })),
});
