export { parseAddressRange } from './address.ts';
export {
  type CheckedHost,
  createOutbound,
  type Outbound,
  type OutboundError,
  type OutgoingAnswer,
  type OutgoingRequest,
} from './outbound.ts';
