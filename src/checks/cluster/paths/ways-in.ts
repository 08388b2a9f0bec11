import { accountName, mountsToken } from '../../kubernetes/checks/identities.ts';
import { textAt } from '../../kubernetes/fields.ts';
import { endpointOf } from '../../kubernetes/network/endpoints.ts';
import { dataStoreIn, nodeAccess } from '../../kubernetes/network/exposure.ts';
import { pathsFromOutside } from '../../kubernetes/network/paths.ts';
import type { Workload } from '../../kubernetes/workload.ts';
import type { Estate } from './estate.ts';
import { asAccount, dataOf, inWorkload, OUTSIDE } from './footholds.ts';
import type { Step } from './graph.ts';

/** Images by name, with the vulnerabilities that are known to be exploited. */
export type ExploitedImages = ReadonlyMap<string, readonly string[]>;

/** A hole that is known to be used takes little; one that nobody knows of yet has to be found. */
const KNOWN_HOLE = 1;
const UNKNOWN_HOLE = 4;

/** From outside into the pods that are reached from there. */
export function* waysIn(estate: Estate, exploited: ExploitedImages): Iterable<Step> {
  for (const [key, workload] of estate.workloads) {
    const [path] = pathsFromOutside(workload);
    if (path === undefined) continue;
    const hole = holeIn(workload, exploited);
    yield {
      from: OUTSIDE,
      to: inWorkload(key),
      how: `breaks into ${key}, which is reached through ${path.text}${hole === undefined ? ', by a hole that is not known here' : `, by ${hole}, which is known to be exploited`}`,
      weight: hole === undefined ? UNKNOWN_HOLE : KNOWN_HOLE,
      cut: {
        id: `exposure ${key}`,
        what: `Take ${key} from the outside, or put a proxy that knows its users in front`,
        cost: 5,
      },
    };
  }
}

function holeIn({ containers }: Workload, exploited: ExploitedImages): string | undefined {
  return containers.flatMap(({ value }) => exploited.get(textAt(value, 'image') ?? '') ?? [])[0];
}

/** From a shell in pods to the token that lies in them. */
export function* tokenSteps(estate: Estate): Iterable<Step> {
  for (const [key, workload] of estate.workloads) {
    if (!mountsToken(workload)) continue;
    const namespace = workload.object.namespace ?? '';
    const account = accountName(workload.spec);
    yield {
      from: inWorkload(key),
      to: asAccount(namespace, account),
      how: `reads the token of ${namespace}/${account}, which is mounted`,
      weight: 0,
      cut: {
        id: `token ${key}`,
        what: `Set automountServiceAccountToken: false in ${key}, if it does not speak to the API server`,
        cost: 1,
      },
    };
  }
}

/** From a shell in pods to their node. */
export function* escapeSteps(estate: Estate, nodeOf: (key: string) => readonly string[]): Iterable<Step> {
  for (const [key, workload] of estate.workloads) {
    const access = nodeAccess(workload);
    if (access === undefined) continue;
    for (const to of nodeOf(key))
      yield {
        from: inWorkload(key),
        to,
        how: `breaks out to the node: ${access}`,
        weight: 1,
        cut: { id: `escape ${key}`, what: `Take the hold on the node from ${key}: ${access}`, cost: 3 },
      };
  }
}

/** From a shell in pods to data that they reach over the network. */
export function* dataSteps(estate: Estate): Iterable<Step> {
  const stores = [...estate.workloads].flatMap(([key, workload]) => {
    const store = dataStoreIn(workload);
    return store ? [{ key, workload, ...store, endpoint: endpointOf(workload) }] : [];
  });
  if (stores.length === 0) return;
  const { network } = estate.manifests;
  for (const [key, workload] of estate.workloads) {
    const from = { kind: 'pods', endpoint: endpointOf(workload) } as const;
    for (const store of stores) {
      if (store.key === key) continue;
      const ports = network.between(from, { kind: 'pods', endpoint: store.endpoint });
      const port = store.ports.find((one) => ports.has('TCP', one));
      if (port === undefined) continue;
      yield {
        from: inWorkload(key),
        to: dataOf(store.key),
        how: `reaches ${store.title} of ${store.key} on port ${port}, with a password that is known to the program or guessed`,
        weight: workload.object.namespace === store.workload.object.namespace ? 2 : 3,
        cut: {
          id: `network ${store.key}`,
          what: `Let in by a NetworkPolicy only those pods that use ${store.key}`,
          cost: 2,
        },
      };
    }
  }
}
