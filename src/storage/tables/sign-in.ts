import type { Generated, JSONColumnType } from 'kysely';
import type { Role, Scope } from '#identity/index.ts';

export interface PasskeyTable {
  readonly id: Generated<string>;
  readonly account_id: string;
  readonly name: string;
  readonly credential_id: string;
  readonly public_key: Buffer;
  readonly counter: number;
  readonly transports: string[];
  readonly created_at: Date;
  readonly last_used_at: Date | null;
}

export interface SignInChallengeTable {
  readonly id: Generated<string>;
  readonly purpose: string;
  readonly data: JSONColumnType<Readonly<Record<string, string>>>;
  readonly account_id: string | null;
  readonly expires_at: Date;
}

/** Whoever is in a group that the pattern matches is in the team, or has the role there. */
export type ProviderRule = { readonly group: string } & (
  | { readonly team: string }
  | { readonly role: Role; readonly scope: Scope }
);

export interface IdentityProviderTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string | null;
  readonly scopes: string[];
  readonly groups_claim: string;
  readonly rules: JSONColumnType<readonly ProviderRule[]>;
  readonly make_accounts: boolean;
  readonly link_by_email: boolean;
  readonly enabled: boolean;
  readonly created_at: Date;
}

export interface ExternalIdentityTable {
  readonly provider_id: string;
  readonly subject: string;
  readonly account_id: string;
  readonly created_at: Date;
}
