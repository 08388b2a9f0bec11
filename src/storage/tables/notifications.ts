import type { Generated, JSONColumnType } from 'kysely';
import type { Grouping, QuietHours, RuleFilter, Schedule } from '#notifications/index.ts';

export interface ChannelTable {
  readonly id: Generated<string>;
  readonly kind: string;
  readonly name: string;
  /** Null for the whole organisation. */
  readonly team_id: string | null;
  readonly enabled: Generated<boolean>;
  readonly settings: JSONColumnType<Readonly<Record<string, unknown>>>;
  /** Secret settings as one sealed document. */
  readonly sealed: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface NotificationRuleTable {
  readonly id: Generated<string>;
  readonly name: string;
  /** Only what this team owns; null for everything. */
  readonly team_id: string | null;
  readonly channel_id: string;
  readonly enabled: Generated<boolean>;
  readonly filter: JSONColumnType<RuleFilter>;
  readonly grouping_by: Grouping;
  readonly schedule: JSONColumnType<Schedule>;
  readonly quiet_hours: JSONColumnType<QuietHours> | null;
  readonly time_zone: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export type DeliveryState = 'gathering' | 'waiting' | 'delivered' | 'dead';

export interface DeliveryTable {
  readonly id: Generated<string>;
  readonly seq: Generated<number>;
  readonly channel_id: string;
  readonly rule_id: string | null;
  readonly team_id: string | null;
  readonly thread: string;
  readonly state: Generated<DeliveryState>;
  readonly run_at: Date;
  readonly attempts: Generated<number>;
  readonly error: string | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface DeliveryEventTable {
  readonly delivery_id: string;
  readonly event_id: number;
}

export interface DeliveryAttemptTable {
  readonly id: Generated<number>;
  readonly delivery_id: string;
  readonly at: Date;
  readonly outcome: 'delivered' | 'failed' | 'rejected';
  readonly error: string | null;
}

export interface ChannelThreadTable {
  readonly channel_id: string;
  readonly thread: string;
  readonly reference: string;
}
