import type { Generated, JSONColumnType } from 'kysely';
import type { Permission, Role, Scope } from '#identity/index.ts';

export interface AccountTable {
  readonly id: Generated<string>;
  readonly kind: 'person' | 'machine';
  readonly name: string;
  readonly email: string | null;
  readonly password: JSONColumnType<object | null, string | null | undefined>;
  readonly totp_secret: string | null;
  readonly totp_confirmed_at: Date | null;
  readonly totp_step: Generated<number>;
  readonly disabled_at: Date | null;
  readonly created_at: Generated<Date>;
}

export interface TeamMemberTable {
  readonly team_id: string;
  readonly account_id: string;
  /** The identity provider whose rules made it so. */
  readonly provider_id: string | null;
}

export interface RecoveryCodeTable {
  readonly account_id: string;
  readonly hash: Buffer;
}

export interface SignInLinkTable {
  readonly id: Generated<string>;
  readonly hash: Buffer;
  readonly account_id: string | null;
  readonly expires_at: Date;
}

export interface SessionTable {
  readonly id: Generated<string>;
  readonly hash: Buffer;
  readonly account_id: string;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly address: string;
  readonly agent: string;
}

export interface ApiTokenTable {
  readonly id: Generated<string>;
  readonly hash: Buffer;
  readonly account_id: string;
  readonly name: string;
  readonly permissions: Permission[];
  readonly scope: JSONColumnType<Scope>;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

export interface SignInFailureTable {
  readonly key: Buffer;
  readonly failures: number;
  readonly last_at: Date;
}

export interface AccessGrantTable {
  readonly id: Generated<string>;
  readonly account_id: string | null;
  readonly team_id: string | null;
  readonly role: Role;
  readonly scope: JSONColumnType<Scope>;
  readonly scope_team_id: string | null;
  readonly created_at: Date;
  /** The identity provider whose rules gave it. */
  readonly provider_id: string | null;
}

export interface TrustRuleTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: JSONColumnType<Record<string, string>>;
  readonly account_id: string;
  readonly created_at: Date;
}
