import { entriesOf } from '#foundation/documents/index.ts';
import type { Check } from '../../check.ts';
import { objectCheck } from '../declare.ts';
import { manifest } from '../examples.ts';
import { field, listAt, numberAt, textAt, textsAt } from '../fields.ts';
import type { KubernetesObject } from '../object.ts';
import { PAGES } from '../references.ts';

const service = (spec: string) => manifest('v1 Service web', `spec:\n${spec}`);
const EVERYWHERE = new Set(['0.0.0.0/0', '::/0']);

const ADMIN_PORTS = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [2375, 'the Docker engine'],
  [2376, 'the Docker engine'],
  [2379, 'etcd'],
  [3389, 'remote desktops'],
  [5900, 'VNC'],
  [10_250, 'the kubelet'],
]);

export const serviceChecks: readonly Check<'kubernetes'>[] = [
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-node-port',
    title: 'A service opens a port on every node',
    severity: 'medium',
    rationale: 'Whoever reaches any node reaches the service, past load balancer, certificate and ingress.',
    remediation: 'Use type ClusterIP behind an ingress or gateway.',
    controls: ['SC-7', 'CM-7'],
    references: [PAGES.service],
    examples: { fail: [service('  type: NodePort')], pass: [service('  type: ClusterIP')] },
    *find({ value }) {
      if (textAt(value, 'spec', 'type') === 'NodePort')
        yield { path: ['spec', 'type'], message: 'is of the type NodePort' };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-load-balancer-open',
    title: 'A load balancer that is open to every address',
    severity: 'medium',
    rationale: 'Most clouds give it a public address: the service is on the internet as soon as it is applied.',
    remediation: 'Set loadBalancerSourceRanges, or annotate the service as internal to your network.',
    controls: ['SC-7', 'AC-4'],
    references: [PAGES.service],
    examples: {
      fail: [service('  type: LoadBalancer'), service('  type: LoadBalancer\n  loadBalancerSourceRanges: [0.0.0.0/0]')],
      pass: [service('  type: LoadBalancer\n  loadBalancerSourceRanges: [192.0.2.0/24]')],
    },
    *find(object) {
      if (textAt(object.value, 'spec', 'type') !== 'LoadBalancer' || isInternal(object)) return;
      const ranges = textsAt(object.value, 'spec', 'loadBalancerSourceRanges');
      if (ranges.length === 0 || ranges.some((range) => EVERYWHERE.has(range)))
        yield { path: ['spec', 'type'], message: 'the load balancer takes connections from every address' };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-external-ips',
    title: 'A service takes addresses that are not its own',
    severity: 'high',
    aliases: ['KSV-0108'],
    rationale:
      'Traffic of the whole cluster for such an address goes to this service: it can stand in for any server (CVE-2020-8554).',
    remediation: 'Remove externalIPs, and deny them with the admission plugin DenyServiceExternalIPs.',
    controls: ['SC-7', 'AC-4'],
    references: ['https://github.com/kubernetes/kubernetes/issues/97076', PAGES.service],
    examples: { fail: [service('  externalIPs: [203.0.113.5]')], pass: [service('  type: ClusterIP')] },
    *find({ value }) {
      const addresses = textsAt(value, 'spec', 'externalIPs');
      if (addresses.length > 0)
        yield { path: ['spec', 'externalIPs'], message: `takes ${addresses.slice(0, 3).join(', ')}` };
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-admin-port',
    title: 'A service for a port of administration',
    severity: 'medium',
    rationale:
      'Remote shells and the interfaces of engines and nodes give whoever signs in, or guesses, more than an application does.',
    remediation: 'Remove the port; use kubectl exec or port-forward, which the interface server limits and logs.',
    controls: ['CM-7', 'AC-17'],
    references: [PAGES.service],
    examples: { fail: [service('  ports:\n    - port: 22')], pass: [service('  ports:\n    - port: 443')] },
    *find({ value }) {
      for (const [index, port] of listAt(value, 'spec', 'ports').entries()) {
        const [number = 0] = [numberAt(port, 'targetPort'), numberAt(port, 'port')].filter((one) =>
          ADMIN_PORTS.has(one ?? 0),
        );
        const what = ADMIN_PORTS.get(number);
        if (what !== undefined) yield { path: ['spec', 'ports', index], message: `port ${number} is that of ${what}` };
      }
    },
  }),
  objectCheck({
    kinds: ['Service'],
    id: 'kubernetes-service-external-name',
    title: 'A service stands for a name outside of the cluster',
    severity: 'low',
    rationale:
      'Whoever holds the name, or may change the service, gets the traffic; an ingress in front makes a way into other networks of it.',
    remediation: 'Use the outer name where it is needed, and allow the traffic with a network policy.',
    controls: ['SC-7', 'SC-20'],
    references: [PAGES.service],
    examples: {
      fail: [service('  type: ExternalName\n  externalName: db.example.com')],
      pass: [service('  type: ClusterIP')],
    },
    *find({ value }) {
      if (textAt(value, 'spec', 'type') !== 'ExternalName') return;
      yield {
        path: ['spec', 'externalName'],
        message: `stands for ${textAt(value, 'spec', 'externalName') ?? 'another name'}`,
      };
    },
  }),
];

const INTERNAL = /(?:^|[/.-])(?:internal|load-balancer-type|aws-load-balancer-scheme)$/;

/** Clouds keep a load balancer within a network by an annotation. */
export function isInternal({ value }: KubernetesObject): boolean {
  return entriesOf(field(value, 'metadata', 'annotations')).some(
    ([name, set]) => INTERNAL.test(name) && /^(?:true|internal|0\.0\.0\.0\/0)$/i.test(String(set)),
  );
}
