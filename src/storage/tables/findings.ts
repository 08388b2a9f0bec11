import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { FindingState, StandingDecision } from '#findings/index.ts';
import type { Severity } from '#model/index.ts';

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
  /** Why it is accepted, a false positive or not affected; kept while it is fixed. */
  readonly decision: JSONColumnType<StandingDecision | null, string | null, string | null>;
  readonly decision_until: Date | null;
  /** A person set the due date: the policy leaves it alone. */
  readonly due_by_hand: Generated<boolean>;
  /** When the time to fix it began: at first sight, or when it was opened again. */
  readonly due_from: Date | null;
  readonly exploited: Generated<boolean>;
  /** SHA-256 of the report that title, severity and details are from. */
  readonly told_by: Generated<string>;
  /** Last part of the package URL, encoded as it is there. */
  readonly package_name: GeneratedAlways<string | null>;
  /** 0 is worst. */
  readonly severity_rank: GeneratedAlways<number>;
}

export interface OccurrenceTable {
  readonly id: Generated<number>;
  readonly finding_id: string;
  readonly artifact_id: number;
  readonly package_id: number | null;
  readonly location: Generated<string>;
  /** Who found it: `plimsoll`, `trivy`. */
  readonly tool: Generated<string>;
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
