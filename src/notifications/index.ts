export type { Channel, Mail, Outcome, Outgoing, SmtpServer } from './channel.ts';
export { channels } from './channels/index.ts';
export { type EventKind, eventKinds } from './event.ts';
export type { Message, MessageEvent } from './message.ts';
export { nextAttempt, parseRetryAfter } from './retry.ts';
export {
  type Grouping,
  groupings,
  matches,
  type RoutedEvent,
  type RoutingRule,
  type RuleFilter,
  threadOf,
} from './rule.ts';
export { isTimeZone, type QuietHours, type Schedule, sendAt } from './schedule.ts';
export { type Inbound, inboundOf, type TicketUpdate, updateFor } from './ticket.ts';
export type { OpenTracker, RemoteTicket, TicketDraft, Tracker, TrackerCall } from './tracker.ts';
export { trackers } from './trackers/index.ts';
