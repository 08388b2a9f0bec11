import type { AddressRange } from './addresses.ts';
import type { Protocol } from './ports.ts';

/** The pods of a workload, which policies cannot tell apart. */
export interface Endpoint {
  readonly namespace: string;
  readonly labels: unknown;
  /** Those of its namespace. */
  readonly namespaceLabels: unknown;
  /** It shares the address of its node: no policy holds for it, and none knows its pods from the node. */
  readonly isOnHostNetwork: boolean;
  readonly ports: readonly NamedPort[];
}

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** One side of a connection: pods, or addresses outside of the cluster. */
export type Peer =
  | { readonly kind: 'pods'; readonly endpoint: Endpoint }
  | { readonly kind: 'addresses'; readonly range: AddressRange };

/** The API server puts the name of a namespace among its labels. */
export function labelsOfNamespace(name: string, written: unknown): unknown {
  return { ...(typeof written === 'object' ? written : {}), 'kubernetes.io/metadata.name': name };
}
