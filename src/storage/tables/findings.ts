import type { Generated, JSONColumnType } from 'kysely';
import type { Severity } from '#model/index.ts';

export type FindingState = 'open' | 'in-progress' | 'fixed' | 'accepted' | 'false-positive' | 'not-affected';

export interface FindingTable {
  readonly id: Generated<string>;
  readonly asset_id: string;
  readonly kind: string;
  readonly rule: string;
  readonly subject: string;
  readonly title: string;
  readonly severity: Severity;
  readonly state: Generated<FindingState>;
  readonly rank: Generated<number>;
  readonly due_at: Date | null;
  readonly assignee: string | null;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly fixed_at: Date | null;
  readonly reopened: Generated<number>;
  readonly details: JSONColumnType<object>;
}

export interface OccurrenceTable {
  readonly id: Generated<number>;
  readonly finding_id: string;
  readonly artifact_id: number;
  readonly package_id: number | null;
  readonly location: Generated<string>;
  readonly details: JSONColumnType<object>;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly gone_at: Date | null;
}

export interface FindingEventTable {
  readonly id: Generated<number>;
  readonly finding_id: string;
  readonly at: Generated<Date>;
  readonly actor: string | null;
  readonly kind: string;
  readonly details: JSONColumnType<object>;
}
