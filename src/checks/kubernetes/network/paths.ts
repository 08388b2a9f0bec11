import { asMembers, entriesOf } from '#foundation/documents/index.ts';
import { type Endpoint, LabelIndex, type Protocol, portsOf } from '#network/index.ts';
import { field, listAt, numberAt, textAt, textsAt } from '../fields.ts';
import type { Manifests } from '../manifests.ts';
import type { KubernetesObject } from '../object.ts';
import type { Workload } from '../workload.ts';
import { endpointOf, protocolOf } from './endpoints.ts';
import { isInternal } from './services.ts';

/** One way from outside of the cluster to a port of pods, past the policies among the manifests. */
export interface OutsidePath {
  /** `Ingress web (line 12), Service web, port 8080`. */
  readonly text: string;
  readonly port: number;
}

/** How the pods of a workload are reached from outside, as far as the manifests tell. */
export function* pathsFromOutside(workload: Workload): Iterable<OutsidePath> {
  const { object } = workload;
  const endpoint = endpointOf(workload);
  for (const service of servicesOf(workload)) {
    for (const { port, protocol, text } of portsOfService(service, endpoint)) {
      for (const way of waysTo(service, object))
        if (letsThrough(workload, endpoint, way.isDirect, protocol, port)) yield { text: `${way.text}, ${text}`, port };
    }
  }
  yield* hostPorts(workload);
}

function servicesOf({ object, metadata }: Workload): readonly KubernetesObject[] {
  const labels = field(metadata, 'labels');
  return indexOf(object.manifests, object.namespace)
    .candidates(labels)
    .filter(({ value }) =>
      entriesOf(field(value, 'spec', 'selector')).every(([name, wanted]) => field(labels, name) === wanted),
    );
}

const indexes = new WeakMap<Manifests, Map<string, LabelIndex<KubernetesObject>>>();

/** The services of a namespace by what they select; one without a selector has its endpoints from elsewhere. */
function indexOf(manifests: Manifests, namespace = ''): LabelIndex<KubernetesObject> {
  const known = indexes.get(manifests) ?? new Map<string, LabelIndex<KubernetesObject>>();
  indexes.set(manifests, known);
  const done = known.get(namespace);
  if (done) return done;
  const index = new LabelIndex<KubernetesObject>();
  for (const service of manifests.ofKind('Service', namespace)) {
    const selector = field(service.value, 'spec', 'selector');
    if (entriesOf(selector).length > 0) index.add(service, selector);
  }
  known.set(namespace, index);
  return index;
}

interface ServicePort {
  /** Of the pods. */
  readonly port: number;
  readonly protocol: Protocol;
  readonly text: string;
}

function portsOfService(service: KubernetesObject, endpoint: Endpoint): readonly ServicePort[] {
  return listAt(service.value, 'spec', 'ports').flatMap((port) => {
    const target = field(port, 'targetPort') ?? field(port, 'port');
    const number = numberAt(target) ?? endpoint.ports.find(({ name }) => name === target)?.port;
    if (number === undefined) return [];
    const protocol = protocolOf(textAt(port, 'protocol'));
    return [{ port: number, protocol, text: `Service ${service.name}, port ${number}` }];
  });
}

interface Way {
  /** Comes from addresses outside and not from a proxy within the cluster. */
  readonly isDirect: boolean;
  readonly text: string;
}

function* waysTo(service: KubernetesObject, seenFrom: KubernetesObject): Iterable<Way> {
  const { value } = service;
  const at = (path: readonly string[]) => service.placeSeenFrom(seenFrom, path);
  const type = textAt(value, 'spec', 'type');
  if (type === 'NodePort') yield { isDirect: true, text: `a port of every node (${at(['spec', 'type'])})` };
  if (type === 'LoadBalancer' && !isInternal(service) && isForEverybody(value))
    yield { isDirect: true, text: `a load balancer (${at(['spec', 'type'])})` };
  const [address] = textsAt(value, 'spec', 'externalIPs');
  if (address !== undefined)
    yield { isDirect: true, text: `the external address ${address} (${at(['spec', 'externalIPs'])})` };
  for (const route of routesTo(service))
    yield {
      isDirect: false,
      text: `${route.kind} ${route.name} (${route.placeSeenFrom(seenFrom, ['spec'])})`,
    };
}

function isForEverybody(service: unknown): boolean {
  const ranges = textsAt(service, 'spec', 'loadBalancerSourceRanges');
  return ranges.length === 0 || ranges.some((range) => range === '0.0.0.0/0' || range === '::/0');
}

const ROUTES = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'Route'];

/** Routes of its own namespace; one of another needs a grant that hardly anybody writes. */
function routesTo({ manifests, namespace, name }: KubernetesObject): readonly KubernetesObject[] {
  return ROUTES.flatMap((kind) => manifests.ofKind(kind, namespace)).filter((route) => backends(route).has(name));
}

const known = new WeakMap<KubernetesObject, ReadonlySet<string>>();

function backends(route: KubernetesObject): ReadonlySet<string> {
  const done = known.get(route) ?? new Set(backendsOf(route.value));
  known.set(route, done);
  return done;
}

function backendsOf(route: unknown): readonly string[] {
  const rules = listAt(route, 'spec', 'rules');
  const backends = [
    field(route, 'spec', 'defaultBackend'),
    field(route, 'spec', 'backend'),
    ...rules.flatMap((rule) => listAt(rule, 'http', 'paths')).map((path) => field(path, 'backend')),
  ];
  return [
    ...backends.flatMap((backend) => textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName') ?? []),
    ...rules.flatMap((rule) => listAt(rule, 'backendRefs')).flatMap((one) => textAt(one, 'name') ?? []),
    ...(asMembers(field(route, 'spec', 'to')) ? [textAt(route, 'spec', 'to', 'name') ?? ''] : []),
  ];
}

/** Where the proxy is that an ingress comes from is not known: whoever is let in may be it. */
function letsThrough(
  { object }: Workload,
  endpoint: Endpoint,
  isDirect: boolean,
  protocol: Protocol,
  port: number,
): boolean {
  const policies = object.manifests.network.policiesOf(endpoint, 'ingress');
  if (policies.length === 0) return true;
  const self = { kind: 'pods', endpoint } as const;
  return policies
    .flatMap(({ rules }) => rules.get('ingress') ?? [])
    .filter(({ peers }) => peers === undefined || peers.some(({ kind }) => !isDirect || kind === 'addresses'))
    .some((rule) => portsOf({ ...rule, peers: undefined }, self, self).has(protocol, port));
}

function* hostPorts({ containers, object }: Workload): Iterable<OutsidePath> {
  for (const { value, path } of containers) {
    for (const [index, port] of listAt(value, 'ports').entries()) {
      const onHost = numberAt(port, 'hostPort') ?? 0;
      const address = textAt(port, 'hostIP') ?? '0.0.0.0';
      if (onHost === 0 || /^(?:127\.|::1$)/.test(address)) continue;
      const line = object.placeSeenFrom(object, [...path, 'ports', index]);
      yield { text: `port ${onHost} of the node (${line})`, port: numberAt(port, 'containerPort') ?? onHost };
    }
  }
}
