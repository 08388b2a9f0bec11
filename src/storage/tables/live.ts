import type { Generated, JSONColumnType } from 'kysely';

export interface LiveEventTable {
  readonly id: Generated<number>;
  /** Of the transaction that made the change, as text: it has 64 bits. */
  readonly transaction: Generated<string>;
  readonly at: Generated<Date>;
  readonly topic: string;
  readonly change: string;
  readonly subject_id: string;
  readonly asset_id: string | null;
  readonly team_id: string | null;
  readonly facts: JSONColumnType<object>;
}
