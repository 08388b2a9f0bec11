import type { EventKind } from './event.ts';
import type { RemoteTicket } from './tracker.ts';

/** What an event of a finding does to its ticket. */
export interface TicketUpdate {
  readonly comment: string;
  readonly state?: 'open' | 'closed';
}

/** Undefined for what a ticket need not know. */
export function updateFor(kind: EventKind): TicketUpdate | undefined {
  switch (kind) {
    case 'finding.fixed':
      return { comment: 'Complete scans prove that the finding is gone.', state: 'closed' };
    case 'finding.reopened':
      return { comment: 'The finding is open again.', state: 'open' };
    case 'finding.decided':
      return { comment: 'It was decided about the finding in Plimsoll: nothing has to be done now.', state: 'closed' };
    case 'finding.due-soon':
      return { comment: 'The finding is due soon.' };
    case 'finding.overdue':
      return { comment: 'The finding is overdue.' };
    default:
      return undefined;
  }
}

/** What a change of the ticket means for the finding. */
export type Inbound =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'start' | 'stop' }
  /** The two disagree, and Plimsoll's word stands: it is written down, and told in the ticket. */
  | { readonly kind: 'conflict'; readonly description: string; readonly comment: string };

export type TicketFindingState = 'open' | 'in-progress' | 'fixed' | 'accepted' | 'false-positive' | 'not-affected';

/** A fix is proven by scans and a decision is made in Plimsoll: closing a ticket is neither. Pure. */
export function inboundOf(
  before: RemoteTicket['state'],
  after: RemoteTicket['state'],
  finding: TicketFindingState,
): Inbound {
  if (before === after) return { kind: 'nothing' };
  const isOpen = finding === 'open' || finding === 'in-progress';
  if (after === 'closed' && isOpen)
    return {
      kind: 'conflict',
      description: 'The ticket was closed while scans still find it.',
      comment:
        'Closed here, but scans still find it: the finding stays open in Plimsoll until a scan proves the fix or somebody decides about it there.',
    };
  if (after !== 'closed' && !isOpen)
    return {
      kind: 'conflict',
      description: `The ticket was opened again while the finding is ${finding}.`,
      comment: `Opened again here, but the finding is ${finding} in Plimsoll.`,
    };
  if (after === 'in-progress' && finding === 'open') return { kind: 'start' };
  if (after === 'open' && finding === 'in-progress') return { kind: 'stop' };
  return { kind: 'nothing' };
}
