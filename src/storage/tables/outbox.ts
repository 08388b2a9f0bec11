import type { Generated, JSONColumnType } from 'kysely';
import type { Severity } from '#model/index.ts';
import type { EventKind } from '#notifications/index.ts';

export interface OutboxEventTable {
  readonly id: Generated<number>;
  /** What receivers see. */
  readonly uid: Generated<string>;
  readonly kind: EventKind;
  readonly at: Date;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly finding_id: string | null;
  readonly team_id: string | null;
  readonly title: string | null;
  readonly severity: Severity | null;
  readonly details: JSONColumnType<object>;
  /** When it was given to the rules; null until then. */
  readonly routed_at: Date | null;
}
