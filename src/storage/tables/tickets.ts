import type { Generated, JSONColumnType } from 'kysely';

export interface TrackerTable {
  readonly id: Generated<string>;
  readonly kind: string;
  readonly name: string;
  readonly team_id: string | null;
  readonly enabled: Generated<boolean>;
  readonly settings: JSONColumnType<Readonly<Record<string, unknown>>>;
  readonly sealed: string;
  readonly polled_at: Date;
  /** Why asking there did not work the last time. */
  readonly error: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface TicketTable {
  readonly id: Generated<string>;
  readonly tracker_id: string;
  readonly finding_id: string;
  /** Null until it is made there. */
  readonly remote_key: string | null;
  readonly url: string | null;
  readonly remote_status: Generated<string>;
  readonly remote_state: Generated<'open' | 'in-progress' | 'closed'>;
  readonly error: string | null;
  readonly created_at: Date;
  readonly synced_at: Date | null;
}

export interface TicketConflictTable {
  readonly id: Generated<number>;
  readonly ticket_id: string;
  readonly at: Date;
  readonly description: string;
}
