import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { type Found, objectCheck } from '../declare.ts';
import { manifest } from '../examples.ts';
import { field, listAt, textAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';

const ingress = (lines: string, annotation = 'app: web') =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n    ${annotation}\nspec:\n${lines}`;
const RULE = '  rules:\n    - host: shop.example.com\n';
const TLS = `  tls:\n    - {hosts: [shop.example.com], secretName: web-tls}\n${RULE}`;

const SNIPPETS = /^nginx\.ingress\.kubernetes\.io\/(?:server|configuration|auth|stream|modsecurity|location)-snippet$/;
/** Values that were copied into the configuration as they were (CVE-2021-25742, CVE-2023-5043, CVE-2025-1097, CVE-2025-1974). */
const UNSAFE_VALUES =
  /^nginx\.ingress\.kubernetes\.io\/(?:auth-tls-match-cn|auth-url|permanent-redirect|mirror-target|mirror-host)$/;

function* nginxSnippets({ value }: KubernetesObject): Iterable<Found> {
  for (const [name, text] of entriesOf(field(value, 'metadata', 'annotations'))) {
    const path = ['metadata', 'annotations', name];
    if (SNIPPETS.test(name)) yield { path, message: `${name} writes into the configuration of the controller` };
    else if (UNSAFE_VALUES.test(name) && typeof text === 'string' && /[;{}\n#]/.test(text))
      yield { path, message: `${name} holds characters that end a directive of nginx` };
  }
}

export const ingressChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-tls-missing',
    title: 'An ingress without a certificate',
    severity: 'medium',
    rationale: 'Whoever is between the clients and the cluster reads and changes what is sent.',
    remediation: 'Add tls with the hosts and a secret that holds their certificate.',
    controls: ['SC-8', 'SC-23'],
    references: [PAGES.ingress],
    examples: { fail: [ingress(RULE)], pass: [ingress(TLS)] },
    *find({ value }) {
      if (listAt(value, 'spec', 'tls').length === 0) yield { path: ['spec'], message: 'has no tls' };
    },
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-any-host',
    title: 'An ingress for every name',
    severity: 'low',
    rationale: 'It answers for names nobody meant, those of other applications on the same address among them.',
    remediation: 'Write the host in each rule.',
    controls: ['SC-7', 'CM-6'],
    references: [PAGES.ingress],
    examples: {
      fail: [ingress('  rules:\n    - http: {paths: []}\n'), ingress('  rules:\n    - host: "*.example.com"\n')],
      pass: [ingress(RULE)],
    },
    *find({ value }) {
      for (const [index, rule] of listAt(value, 'spec', 'rules').entries()) {
        const host = textAt(rule, 'host') ?? '*';
        if (host.startsWith('*')) yield { path: ['spec', 'rules', index], message: `the rule is for ${host}` };
      }
    },
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-nginx-snippet',
    title: 'An annotation writes configuration of ingress-nginx',
    severity: 'high',
    aliases: ['KCV-0093'],
    rationale:
      'The controller reads the secrets of all namespaces, and what an annotation writes into its configuration can read them back.',
    remediation: 'Remove the snippet, and keep allow-snippet-annotations switched off in the controller.',
    controls: ['CM-7', 'SI-10'],
    references: [
      'https://github.com/kubernetes/ingress-nginx/issues/7837',
      'https://nvd.nist.gov/vuln/detail/CVE-2025-1974',
    ],
    examples: {
      fail: [
        ingress(TLS, 'nginx.ingress.kubernetes.io/server-snippet: "location /x { return 200; }"'),
        ingress(TLS, 'nginx.ingress.kubernetes.io/auth-url: "http://a/;#"'),
      ],
      pass: [ingress(TLS, 'nginx.ingress.kubernetes.io/auth-url: "https://auth.example.com/check"')],
    },
    find: nginxSnippets,
  }),
  objectCheck({
    kinds: ['Ingress'],
    id: 'kubernetes-ingress-plain-allowed',
    title: 'An ingress with a certificate still answers without it',
    severity: 'low',
    rationale: 'Clients that come by plain HTTP are not sent on, and what they send can be read.',
    remediation: 'Remove the annotation that switches the redirect off.',
    controls: ['SC-8'],
    references: ['https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/'],
    examples: {
      fail: [ingress(TLS, 'nginx.ingress.kubernetes.io/ssl-redirect: "false"')],
      pass: [ingress(TLS, 'nginx.ingress.kubernetes.io/ssl-redirect: "true"')],
    },
    *find({ value }) {
      for (const name of ['ssl-redirect', 'force-ssl-redirect']) {
        const path = ['metadata', 'annotations', `nginx.ingress.kubernetes.io/${name}`];
        if (textAt(value, ...path) === 'false') yield { path, message: `${name} is switched off` };
      }
    },
  }),
  objectCheck({
    kinds: ['Gateway'],
    id: 'kubernetes-gateway-plain',
    title: 'A gateway listens without a certificate',
    severity: 'medium',
    rationale: 'Whoever is between the clients and the cluster reads and changes what is sent.',
    remediation: 'Use the protocol HTTPS or TLS with certificateRefs, and the plain listener only to redirect.',
    controls: ['SC-8', 'SC-23'],
    references: ['https://gateway-api.sigs.k8s.io/guides/tls/'],
    examples: {
      fail: [
        manifest(
          'gateway.networking.k8s.io/v1 Gateway web',
          'spec:\n  listeners:\n    - {name: http, port: 80, protocol: HTTP}',
        ),
      ],
      pass: [
        manifest(
          'gateway.networking.k8s.io/v1 Gateway web',
          'spec:\n  listeners:\n    - {name: https, port: 443, protocol: HTTPS}',
        ),
      ],
    },
    *find({ value }) {
      for (const [index, listener] of listAt(value, 'spec', 'listeners').entries()) {
        if (textAt(listener, 'protocol') === 'HTTP')
          yield {
            path: ['spec', 'listeners', index],
            message: `the listener ${textAt(listener, 'name') ?? index} is plain HTTP`,
          };
      }
    },
  }),
];
