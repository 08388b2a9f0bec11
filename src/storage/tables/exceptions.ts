import type { Generated, JSONColumnType } from 'kysely';
import type { ExceptionPolicy, ExceptionReason, ExceptionScope, ExceptionState } from '#exceptions/index.ts';
import type { Severity } from '#model/index.ts';

export interface ExceptionTable {
  readonly id: Generated<string>;
  readonly state: ExceptionState;
  readonly scope: JSONColumnType<ExceptionScope>;
  readonly finding_id: string | null;
  readonly team_id: string | null;
  readonly reason: ExceptionReason;
  readonly explanation: string;
  /** The worst severity that it is for. */
  readonly worst: Severity;
  readonly requester: string;
  readonly requester_name: string;
  readonly created_at: Date;
  readonly approved_at: Date | null;
  readonly expires_at: Date;
  /** Days before its end of the last reminder. */
  readonly reminded_days: number | null;
  readonly renews: string | null;
}

export interface ExceptionApprovalTable {
  readonly exception_id: string;
  readonly account_id: string;
  readonly name: string;
  readonly at: Date;
}

export interface ExceptionEventTable {
  readonly id: Generated<number>;
  readonly exception_id: string;
  readonly at: Date;
  /** Null for Plimsoll itself. */
  readonly actor: string | null;
  readonly actor_name: string;
  readonly kind: string;
  readonly details: JSONColumnType<object>;
}

export interface ExceptionPolicyTable {
  readonly version: number;
  readonly policy: JSONColumnType<ExceptionPolicy>;
  readonly created_at: Date;
  readonly account: string | null;
}
