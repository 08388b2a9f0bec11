import { type Endpoint, labelsOfNamespace, type NamedPort, type Protocol } from '#network/index.ts';
import { field, isTrue, listAt, membersAt, numberAt, textAt } from '../fields.ts';
import type { Manifests } from '../manifests.ts';
import type { Workload } from '../workload.ts';

/** What policies can tell of the pods that a workload makes. */
export function endpointOf({ object, metadata, spec, containers }: Workload): Endpoint {
  const namespace = object.namespace ?? '';
  const [written] = object.manifests.named('Namespace', undefined, namespace);
  return {
    namespace,
    labels: membersAt(metadata, 'labels'),
    namespaceLabels: labelsOfNamespace(namespace, field(written?.value, 'metadata', 'labels')),
    isOnHostNetwork: isTrue(field(spec, 'hostNetwork')),
    ports: containers.flatMap(({ value }) => listAt(value, 'ports').flatMap((port) => portOf(port) ?? [])),
  };
}

function portOf(value: unknown): NamedPort | undefined {
  const port = numberAt(value, 'containerPort');
  const protocol = protocolOf(textAt(value, 'protocol'));
  return port === undefined ? undefined : { name: textAt(value, 'name') ?? '', protocol, port };
}

export function protocolOf(text: string | undefined): Protocol {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}

/** What makes pods in a namespace; without one, in that of the objects that name none. */
export function workloadsIn(manifests: Manifests, namespace: string | undefined): readonly Workload[] {
  return manifests.workloads.get(namespace ?? '') ?? [];
}
