import type { Outcome } from '#notifications/index.ts';
import type { Outbound, OutboundError } from '../outbound/index.ts';

/** What sending needs. */
export interface Sending {
  readonly outbound: Outbound;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** What was refused for its address will be refused again; a network can come back. */
export function outcomeOf({ code, message }: OutboundError): Outcome {
  return { kind: code === 'refused' || code === 'invalid-url' ? 'rejected' : 'failed', error: message };
}
