/** What network policies let through between pods, and between pods and addresses outside. */
export { type AddressRange, contains, parseAddress, parseBlock } from './addresses.ts';
export { type Endpoint, labelsOfNamespace, type NamedPort, type Peer } from './endpoint.ts';
export { LabelIndex } from './label-index.ts';
export { Network } from './network.ts';
export type { NetworkPolicy } from './network-policy.ts';
export type { Protocol } from './ports.ts';
export { type Direction, portsOf } from './rule.ts';
