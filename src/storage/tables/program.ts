import type { Generated } from 'kysely';
import type { Severity } from '#model/index.ts';
import type { CoverageName, FactName, ObjectiveState } from '#program/index.ts';

/** What was counted of the findings of an asset on a day: see `factNames`. */
export type ProgramDayTable = {
  readonly asset_id: string;
  /** `2026-11-24` */
  readonly day: string;
  readonly kind: string;
  readonly severity: Severity;
} & { readonly [Name in FactName]: Generated<number> };

export type ProgramAssetDayTable = {
  readonly asset_id: string;
  readonly day: string;
} & { readonly [Name in CoverageName]: Generated<number> };

export interface ProgramMeasuredTable {
  readonly asset_id: string;
  readonly measured_at: Date;
}

export interface ObjectiveTable {
  readonly id: Generated<string>;
  readonly title: string;
  /** Id of a metric. */
  readonly metric: string;
  readonly team_id: string | null;
  readonly severity: Severity | null;
  readonly kind: string | null;
  readonly baseline: number;
  readonly target: number;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly owner: string;
  readonly created_at: Date;
  readonly closed_at: Date | null;
}

export interface ObjectiveCheckInTable {
  readonly objective_id: string;
  readonly day: string;
  readonly value: number | null;
  readonly expected: number;
  readonly state: ObjectiveState;
}

export interface CampaignTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly about: string;
  /** Of findings: docs/reference/finding-query.md */
  readonly filter: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly ends_at: Date;
  readonly closed_at: Date | null;
}

export interface CampaignTeamTable {
  readonly campaign_id: string;
  readonly team_id: string;
}

export interface CampaignFindingTable {
  readonly campaign_id: string;
  readonly finding_id: string;
  readonly added_at: Date;
  readonly ended_at: Date | null;
}
