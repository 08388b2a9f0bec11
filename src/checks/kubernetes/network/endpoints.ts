import { type Endpoint, labelsOfNamespace, type NamedPort, type NetworkPolicy, type Protocol } from '#network/index.ts';
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

const known = new WeakMap<Manifests, ReadonlyMap<NetworkPolicy, readonly Workload[]>>();

/** The workloads that each policy is about, in whichever direction. */
export function governedWorkloads(manifests: Manifests): ReadonlyMap<NetworkPolicy, readonly Workload[]> {
  const done = known.get(manifests);
  if (done) return done;
  const workloads = new Map<NetworkPolicy, Workload[]>();
  for (const workload of [...manifests.workloads.values()].flat()) {
    const endpoint = { ...endpointOf(workload), isOnHostNetwork: false };
    const policies = (['ingress', 'egress'] as const).flatMap((one) => manifests.network.policiesOf(endpoint, one));
    for (const policy of new Set(policies)) {
      const same = workloads.get(policy);
      if (same) same.push(workload);
      else workloads.set(policy, [workload]);
    }
  }
  known.set(manifests, workloads);
  return workloads;
}
