import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import { evaluateChecks } from '../../evaluate.ts';
import { deployment, manifest } from '../examples.ts';
import { Manifests } from '../manifests.ts';

/** Messages of a check about the first of the files, whose objects are applied together. */
function messagesOf(check: string, ...files: readonly string[]): string[] {
  const manifests = new Manifests();
  const [object] = files.flatMap((text, index) =>
    parseYamlDocuments(text).documents.flatMap((document) => manifests.add(document, `${index}.yaml`)),
  );
  assert.ok(object);
  const { findings } = evaluateChecks('kubernetes', object, object.file);
  return findings.filter(({ id }) => id === `kubernetes-${check}`).map(({ message }) => message);
}

const policy = (spec: string, namespace = 'shop') =>
  manifest('networking.k8s.io/v1 NetworkPolicy web', `spec:\n${spec}`, namespace);
const service = (spec: string) => manifest('v1 Service web', `spec:\n  selector: {app: web}\n${spec}`);
const privileged = deployment('securityContext: {privileged: true}\nports: [{name: http, containerPort: 8080}]');
const toHttp = '  ports: [{port: 80, targetPort: http}]\n';

describe('whether a policy limits a workload', () => {
  const table: readonly [what: string, policies: readonly string[], isLimited: boolean][] = [
    ['none', [], false],
    ['all pods', [policy('  podSelector: {}')], true],
    ['of another namespace', [policy('  podSelector: {}', 'other')], false],
    ['an empty list of egress is no type', [policy('  podSelector: {}\n  egress: []')], true],
    ['egress only', [policy('  podSelector: {}\n  policyTypes: [Egress]')], false],
    [
      'of an administrator',
      [
        manifest(
          'policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy all',
          'spec:\n  priority: 1\n  subject: {namespaces: {}}\n  ingress: [{action: Deny, from: [{namespaces: {}}]}]',
          '',
        ),
      ],
      true,
    ],
  ];
  for (const [what, policies, isLimited] of table)
    test(what, () => {
      const messages = messagesOf('network-policy-missing-ingress', deployment(), ...policies);
      assert.equal(messages.length === 0, isLimited);
    });
  test('pods in the network of the node are no matter of policies', () =>
    assert.deepEqual(messagesOf('network-policy-missing-ingress', deployment('', 'hostNetwork: true')), []));
});

test('policies of a network plugin leave it open whether a workload is limited', () => {
  for (const [kind, namespace, isOpen] of [
    ['cilium.io/v2 CiliumNetworkPolicy deny', 'shop', true],
    ['cilium.io/v2 CiliumClusterwideNetworkPolicy deny', '', true],
    ['crd.projectcalico.org/v1 GlobalNetworkPolicy deny', '', true],
    ['cilium.io/v2 CiliumNetworkPolicy deny', 'other', false],
  ] as const) {
    const manifests = new Manifests();
    const text = `${deployment()}---\n${manifest(kind, 'spec: {}', namespace)}`;
    const [object] = parseYamlDocuments(text).documents.flatMap((document) => manifests.add(document));
    assert.ok(object);
    const { failed, notAssessed } = evaluateChecks('kubernetes', object, 'web.yaml');
    const check = 'kubernetes-network-policy-missing-ingress';
    const answers = [failed.includes(check), notAssessed.some((one) => one.check === check)];
    assert.deepEqual(answers, [!isOpen, isOpen], kind);
  }
});

describe('ways from outside', () => {
  const route = (kind: string, rules: string) =>
    manifest(`gateway.networking.k8s.io/v1 ${kind} web`, `spec:\n${rules}`);
  const table: readonly [what: string, files: readonly string[], way: string | undefined][] = [
    [
      'a port of nodes',
      [service(`  type: NodePort\n${toHttp}`)],
      'a port of every node (1.yaml:8), Service web, port 8080',
    ],
    [
      'a load balancer',
      [service(`  type: LoadBalancer\n${toHttp}`)],
      'a load balancer (1.yaml:8), Service web, port 8080',
    ],
    [
      'a load balancer for some',
      [service(`  type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8]\n${toHttp}`)],
      undefined,
    ],
    [
      'an address',
      [service(`  externalIPs: [192.0.2.1]\n${toHttp}`)],
      'the external address 192.0.2.1 (1.yaml:8), Service web, port 8080',
    ],
    ['within the cluster', [service(toHttp)], undefined],
    ['of other pods', [service(`  type: NodePort\n${toHttp}`).replace('app: web', 'app: api')], undefined],
    [
      'an ingress',
      [
        service(toHttp),
        manifest(
          'networking.k8s.io/v1 Ingress shop',
          'spec:\n  defaultBackend: {service: {name: web, port: {number: 80}}}',
        ),
      ],
      'Ingress shop (2.yaml:6), Service web, port 8080',
    ],
    [
      'an old ingress',
      [
        service(toHttp),
        manifest(
          'extensions/v1beta1 Ingress shop',
          'spec:\n  rules: [{http: {paths: [{backend: {serviceName: web, servicePort: 80}}]}}]',
        ),
      ],
      'Ingress shop (2.yaml:6), Service web, port 8080',
    ],
    [
      'a route of a gateway',
      [service(toHttp), route('HTTPRoute', '  rules: [{backendRefs: [{name: web, port: 80}]}]')],
      'HTTPRoute web (2.yaml:6), Service web, port 8080',
    ],
    [
      'a route to another',
      [service(toHttp), route('HTTPRoute', '  rules: [{backendRefs: [{name: api, port: 80}]}]')],
      undefined,
    ],
    ['a policy in between', [service(`  type: NodePort\n${toHttp}`), policy('  podSelector: {}')], undefined],
    [
      'a policy for the port',
      [service(`  type: NodePort\n${toHttp}`), policy('  podSelector: {}\n  ingress: [{ports: [{port: http}]}]')],
      'a port of every node (1.yaml:8), Service web, port 8080',
    ],
    [
      'a policy for pods only',
      [service(`  type: NodePort\n${toHttp}`), policy('  podSelector: {}\n  ingress: [{from: [{podSelector: {}}]}]')],
      undefined,
    ],
    [
      'a policy for other addresses',
      [
        service(`  type: NodePort\n${toHttp}`),
        policy('  podSelector: {}\n  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 81}]}]'),
      ],
      undefined,
    ],
  ];
  for (const [what, files, way] of table)
    test(what, () => {
      const [message] = messagesOf('exposed-node-access', privileged, ...files);
      assert.equal(message, way && `is reached from outside through ${way}; container web is privileged`);
    });
  test('a port of the node', () => {
    const text = privileged.replace('containerPort: 8080', 'containerPort: 8080, hostPort: 80');
    assert.match(messagesOf('exposed-node-access', text)[0] ?? '', /through port 80 of the node \(line \d+\);/);
  });
});

describe('the metadata service', () => {
  const table: readonly [rule: string, isReached: boolean][] = [
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}', true],
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}}]}', false],
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}', true],
    ['{to: [{ipBlock: {cidr: 169.254.0.0/16}}]}', true],
    ['{to: [{ipBlock: {cidr: 128.0.0.0/1}}]}', true],
    ['{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}', false],
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}', false],
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 1, endPort: 1000}]}', true],
    ['{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{protocol: UDP}]}', false],
    ['{to: [{ipBlock: {cidr: "::/0"}}]}', true],
  ];
  for (const [rule, isReached] of table)
    test(rule, () => {
      const messages = messagesOf('network-policy-metadata-service', policy(`  podSelector: {}\n  egress: [${rule}]`));
      assert.equal(messages.length > 0, isReached);
    });
});

describe('the name service', () => {
  const table: readonly [rules: string, isMissing: boolean][] = [
    ['{to: [{podSelector: {}}], ports: [{port: 80}]}', true],
    ['{to: [{podSelector: {}}]}', true],
    ['{to: [{podSelector: {}}]}, {ports: [{port: 53, protocol: TCP}]}', true],
    ['{to: [{podSelector: {}}]}, {ports: [{port: 53, protocol: UDP}]}', false],
    ['{to: [{podSelector: {}}]}, {ports: [{port: dns, protocol: UDP}]}', false],
    ['{to: [{podSelector: {}}]}, {ports: [{port: 1, endPort: 100, protocol: UDP}]}', false],
    ['{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}]}', false],
    ['{to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}', true],
    ['{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]}', false],
    ['{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}', false],
    ['{}', false],
    ['', false],
  ];
  for (const [rules, isMissing] of table)
    test(rules, () => {
      const spec = `  podSelector: {}\n  policyTypes: [Egress]\n  egress: [${rules}]`;
      assert.equal(messagesOf('network-policy-without-dns', policy(spec), deployment()).length > 0, isMissing);
    });
  test('another policy of the same pods may allow it', () => {
    const spec = '  podSelector: {}\n  egress: [{to: [{podSelector: {}}]}]';
    const dns = '  podSelector: {matchLabels: {app: web}}\n  egress: [{ports: [{port: 53, protocol: UDP}]}]';
    assert.deepEqual(messagesOf('network-policy-without-dns', policy(spec), policy(dns), deployment()), []);
  });
});
