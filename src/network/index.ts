/** What network policies let through between pods, and between pods and addresses outside. */
export { type AddressRange, contains, everyAddress, parseAddress, parseBlock } from './addresses.ts';
export type { AdminPolicy } from './admin-policy.ts';
export { type Endpoint, labelsOfNamespace, type NamedPort, type Peer } from './endpoint.ts';
export { LabelIndex } from './label-index.ts';
export { Network } from './network.ts';
export { governs, type NetworkPolicy } from './network-policy.ts';
export type { Protocol } from './ports.ts';
export { type Direction, type PeerSelector, portsOf, type Rule } from './rule.ts';
