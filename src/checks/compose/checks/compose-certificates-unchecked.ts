import { isTrustVariable } from '../../environment.ts';
import { serviceCheck } from '../service-check.ts';

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
      .filter(({ name, value }) => value !== undefined && isTrustVariable(name, value))
      .map(({ name, value, at }) => ({ message: `${name} is ${value}`, at })),
});
