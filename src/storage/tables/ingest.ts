import type { Generated, JSONColumnType } from 'kysely';
import type { OwnershipRule, SlaPolicy } from '#findings/index.ts';

/** What was uploaded; the content itself is not kept. */
export interface ReportTable {
  readonly id: Generated<string>;
  readonly asset_id: string;
  readonly artifact_id: number;
  readonly tool: string;
  readonly tool_version: string;
  readonly scanners: readonly string[];
  readonly complete: boolean;
  readonly created_at: Date;
  readonly received_at: Date;
  readonly content: Buffer;
  readonly account: string | null;
  readonly idempotency_key: string | null;
  readonly packages: number;
  readonly findings: number;
}

/** Under which rule an asset's findings of an alias go. */
export interface FindingAliasTable {
  readonly asset_id: string;
  readonly alias: string;
  readonly rule: string;
}

export interface SlaPolicyTable {
  readonly version: number;
  readonly policy: JSONColumnType<SlaPolicy>;
  readonly created_at: Date;
  readonly account: string | null;
}

export interface OwnershipRulesTable {
  readonly version: number;
  readonly rules: JSONColumnType<readonly OwnershipRule[]>;
  readonly created_at: Date;
  readonly account: string | null;
}
