import { selectsLabels } from '#model/index.ts';
import type { ClusterDocument } from './schema.ts';

export interface WorkloadExposure {
  readonly exposure: 'internet' | 'internal';
  /** What leads to it: `ingress shop/web`, `service shop/web`. */
  readonly by: readonly string[];
}

type Service = ClusterDocument['services'][number];
type Workload = ClusterDocument['workloads'][number];

/**
 * From where workloads can be reached, by services and ingresses. What an ingress or a load balancer leads to counts as reachable from the
 * internet unless the document says that it is for the inside. Pure.
 */
export function exposuresOf({ services, ingresses }: ClusterDocument): (workload: Workload) => WorkloadExposure {
  const byNamespace = Map.groupBy(services, ({ namespace }) => namespace);
  const open = ingresses.filter(({ isInternal }) => isInternal !== true);
  const leading = Map.groupBy(
    open.flatMap(({ namespace, name, services: names }) =>
      names.map((one) => ({ key: `${namespace}/${one}`, ingress: `ingress ${namespace}/${name}` })),
    ),
    ({ key }) => key,
  );
  return ({ namespace, podLabels, hostNetwork }) => {
    const mine = (byNamespace.get(namespace) ?? []).filter((service) => selects(service, podLabels));
    const outside = mine.flatMap((service) => [
      ...(isOutside(service) ? [`service ${namespace}/${service.name}`] : []),
      ...(leading.get(`${namespace}/${service.name}`) ?? []).map(({ ingress }) => ingress),
    ]);
    const inside = mine.filter(({ type }) => type === 'NodePort').map(({ name }) => `node port ${namespace}/${name}`);
    const by = [...new Set([...outside, ...inside, ...(hostNetwork === true ? ['network of its host'] : [])])].sort();
    return { exposure: outside.length > 0 ? 'internet' : 'internal', by };
  };
}

/** A service without a selector leads to what somebody else wrote down. */
function selects({ selector, type }: Service, labels: Workload['podLabels']): boolean {
  if (type === 'ExternalName' || Object.keys(selector).length === 0) return false;
  return selectsLabels({ matchLabels: selector }, labels);
}

function isOutside({ type, isInternal, externalIps = [] }: Service): boolean {
  return (type === 'LoadBalancer' && isInternal !== true) || externalIps.length > 0;
}
