import type { JSONColumnType } from 'kysely';

export interface AuditEntryTable {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly at: Date;
  /** Null for Plimsoll itself. */
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly action: string;
  readonly subject: string;
  readonly details: JSONColumnType<object>;
  /** Hash of the entry before; zeros for the first. */
  readonly previous: Buffer;
  readonly hash: Buffer;
}
