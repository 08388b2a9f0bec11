import type { Generated, JSONColumnType } from 'kysely';
import type { AssetKind } from '#identity/index.ts';

export interface ReportAssessmentTable {
  readonly report_id: string;
  readonly asset_id: string;
  /** A report without packages and findings, as JSON. */
  readonly document: string;
}

export interface AttestationTable {
  readonly id: Generated<string>;
  readonly control: string | null;
  readonly framework: string | null;
  readonly clause: string | null;
  readonly team_id: string | null;
  readonly state: 'met' | 'not-met' | 'not-applicable';
  readonly statement: string;
  readonly evidence: JSONColumnType<readonly string[]>;
  readonly author: string;
  readonly author_name: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

export interface OwnPolicyTable {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly examples: JSONColumnType<readonly { readonly name: string; readonly text: string }[]>;
  readonly author: string;
  readonly author_name: string;
  readonly created_at: Date;
  readonly is_removed: Generated<boolean>;
}

export interface PolicyBindingTable {
  readonly id: Generated<string>;
  readonly policy: string;
  readonly action: 'audit' | 'warn' | 'deny';
  readonly team_id: string | null;
  readonly asset_kind: AssetKind | null;
  readonly asset_prefix: Generated<string>;
  readonly created_by: string;
  readonly created_at: Date;
}
