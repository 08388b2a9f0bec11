// Made from the routes of the server by tools/api; not edited by hand. UPDATE_SNAPSHOTS=1 node --test tools/api/api.test.ts renews it.

/** What each operation of the server takes and answers, by its id. */
export interface Operations {
  /** Whether the server runs. Permission: anyone. */
  readonly getLiveness: {
    readonly request: undefined;
    readonly answer: { readonly status: 'ok'; readonly version: string };
  };
  /** Whether the server and its database answer. Permission: anyone. */
  readonly getReadiness: {
    readonly request: undefined;
    readonly answer: { readonly status: 'ok'; readonly version: string };
  };
  /** What changes, as server-sent events: finding, findings, exception, delivery, job (data: change, subject, asset, at and what lists show), and reset when some may be missing. Last-Event-ID goes on from there. The stream ends after two minutes; come again with the last id. Permission: signed-in. */
  readonly watchLive: {
    readonly request: {
      readonly search?: {
        /** In place of Last-Event-ID; 0-0 for all that is kept */
        readonly after?: string | undefined /** false: only what there is; the answer ends with it */;
        readonly follow?: 'true' | 'false' | undefined;
      };
    };
    readonly answer: unknown;
  };
  /** Figures of this process and of the work of all, in the text format of Prometheus. Permission: system:metrics. */
  readonly getPrometheusMetrics: {
    readonly request: undefined;
    readonly answer: unknown;
  };
  /** How the server stands: versions, database, disk, queue, outbox, where its knowledge is from and how old it is. Permission: system:read. */
  readonly getSystem: {
    readonly request: undefined;
    readonly answer: {
      readonly version: string;
      readonly node: string;
      readonly role: 'all' | 'api' | 'worker';
      readonly startedAt: string | null;
      readonly database: {
        readonly version: string;
        readonly bytes: number;
        readonly connections: number;
        readonly migration: string;
      };
      readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
      readonly jobs: {
        readonly waiting: number;
        readonly running: number;
        readonly dead: number;
        readonly oldestDueSeconds: number;
      };
      readonly outbox: { readonly unrouted: number; readonly oldestSeconds: number };
      readonly deliveries: { readonly gathering: number; readonly waiting: number; readonly dead: number };
      readonly sources: readonly {
        readonly name: string;
        readonly checkedAt: string | null;
        readonly appliedAt: string | null;
      }[];
    };
  };
  /** Signs a person in: sets the cookie of a new session. Permission: anyone. */
  readonly signIn: {
    readonly request: {
      readonly body: { readonly name: string; readonly password: string; readonly code?: string | undefined };
    };
    readonly answer: { readonly csrf: string };
  };
  /** The token that changes by this session need in the header x-plimsoll-csrf. Permission: signed-in. */
  readonly getSession: {
    readonly request: undefined;
    readonly answer: { readonly csrf: string };
  };
  /** Ends this session. Permission: signed-in. */
  readonly signOut: {
    readonly request: undefined;
    readonly answer: undefined;
  };
  /** Sets a password by a link that an administrator gave, or that the first start printed; sign in with it then. Permission: anyone. */
  readonly useSignInLink: {
    readonly request: {
      readonly body: { readonly token: string; readonly password: string; readonly name?: string | undefined };
    };
    readonly answer: { readonly name: string };
  };
  /** Where you are signed in, the newest first. Permission: signed-in. */
  readonly listSessions: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly current: boolean;
        readonly createdAt: string;
        readonly lastSeenAt: string;
        readonly expiresAt: string;
        readonly address: string;
        readonly agent: string;
      }[];
    };
  };
  /** Ends one of your sessions. Permission: signed-in. */
  readonly endSession: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Your passkeys, the oldest first. Permission: signed-in. */
  readonly listPasskeys: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly createdAt: string;
        readonly lastUsedAt: string | null;
      }[];
    };
  };
  /** Keeps the passkey that the browser made; from then on it signs you in, without a second factor. Permission: signed-in. */
  readonly addPasskey: {
    readonly request: {
      readonly body: {
        readonly challenge: string;
        readonly name: string;
        readonly response: {
          readonly id: string;
          readonly rawId: string;
          readonly type: 'public-key';
          readonly clientExtensionResults: Readonly<Record<string, never>>;
          readonly authenticatorAttachment?: 'platform' | 'cross-platform' | undefined;
          readonly response: {
            readonly clientDataJSON: string;
            readonly attestationObject: string;
            readonly transports?:
              | readonly ('ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb')[]
              | undefined;
          };
        };
      };
    };
    readonly answer: { readonly id: string };
  };
  /** Begins to add a passkey: what the browser needs to make one. Permission: signed-in. */
  readonly askForPasskey: {
    readonly request: { readonly body: { readonly password?: string | undefined } };
    readonly answer: { readonly challenge: string; readonly options: { readonly challenge: string } };
  };
  /** Names one of your passkeys. Permission: signed-in. */
  readonly renamePasskey: {
    readonly request: { readonly params: { readonly id: string }; readonly body: { readonly name: string } };
    readonly answer: undefined;
  };
  /** Removes one of your passkeys, unless it is your only way to sign in. Permission: signed-in. */
  readonly removePasskey: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Begins to sign in with a passkey: what the browser needs to ask for one. Permission: anyone. */
  readonly beginPasskeySignIn: {
    readonly request: undefined;
    readonly answer: { readonly challenge: string; readonly options: { readonly challenge: string } };
  };
  /** Signs in whose passkey answered: sets the cookie of a new session. Permission: anyone. */
  readonly signInWithPasskey: {
    readonly request: {
      readonly body: {
        readonly challenge: string;
        readonly response: {
          readonly id: string;
          readonly rawId: string;
          readonly type: 'public-key';
          readonly clientExtensionResults: Readonly<Record<string, never>>;
          readonly authenticatorAttachment?: 'platform' | 'cross-platform' | undefined;
          readonly response: {
            readonly clientDataJSON: string;
            readonly authenticatorData: string;
            readonly signature: string;
            readonly userHandle?: string | undefined;
          };
        };
      };
    };
    readonly answer: { readonly csrf: string };
  };
  /** Identity providers by which people sign in here, for the page of the sign-in. Permission: anyone. */
  readonly listSignInProviders: {
    readonly request: undefined;
    readonly answer: { readonly items: readonly { readonly id: string; readonly name: string }[] };
  };
  /** Begins to sign in by an identity provider: where the browser has to go. Permission: anyone. */
  readonly beginProviderSignIn: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: { readonly url: string };
  };
  /** Where an identity provider sends the browser back to: signs in and leads to the console, or to /sign-in?problem=CODE. Permission: anyone. */
  readonly finishProviderSignIn: {
    readonly request: undefined;
    readonly answer: unknown;
  };
  /** Identity providers (OpenID Connect) by which people sign in. Permission: accounts:read. */
  readonly listIdentityProviders: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly issuer: string;
        readonly clientId: string;
        readonly scopes: readonly string[];
        readonly groupsClaim: string;
        readonly rules: readonly (
          | { readonly group: string; readonly team: string }
          | {
              readonly group: string;
              readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
              readonly scope:
                | { readonly kind: 'all' }
                | { readonly kind: 'team'; readonly team: string }
                | {
                    readonly kind: 'assets';
                    readonly asset: 'repository' | 'host' | 'project' | 'workload';
                    readonly prefix: string;
                  };
            }
        )[];
        readonly makeAccounts: boolean;
        readonly linkByEmail: boolean;
        readonly enabled: boolean;
        readonly hasSecret: boolean;
        readonly redirectUri: string;
        readonly createdAt: string;
      }[];
    };
  };
  /** Lets people sign in by an OpenID Connect provider, to which redirectUri has to be known. Permission: accounts:write. */
  readonly addIdentityProvider: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly issuer: string;
        readonly clientId: string;
        readonly scopes?: readonly string[] | undefined;
        readonly groupsClaim?: string | undefined;
        readonly rules?:
          | readonly (
              | { readonly group: string; readonly team: string }
              | {
                  readonly group: string;
                  readonly role:
                    | 'viewer'
                    | 'developer'
                    | 'security'
                    | 'approver'
                    | 'admin'
                    | 'agent'
                    | 'ci'
                    | 'monitor';
                  readonly scope:
                    | { readonly kind: 'all' }
                    | { readonly kind: 'team'; readonly team: string }
                    | {
                        readonly kind: 'assets';
                        readonly asset: 'repository' | 'host' | 'project' | 'workload';
                        readonly prefix: string;
                      };
                }
            )[]
          | undefined;
        readonly makeAccounts?: boolean | undefined;
        readonly linkByEmail?: boolean | undefined;
        readonly enabled?: boolean | undefined;
        readonly clientSecret?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly issuer: string;
      readonly clientId: string;
      readonly scopes: readonly string[];
      readonly groupsClaim: string;
      readonly rules: readonly (
        | { readonly group: string; readonly team: string }
        | {
            readonly group: string;
            readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
            readonly scope:
              | { readonly kind: 'all' }
              | { readonly kind: 'team'; readonly team: string }
              | {
                  readonly kind: 'assets';
                  readonly asset: 'repository' | 'host' | 'project' | 'workload';
                  readonly prefix: string;
                };
          }
      )[];
      readonly makeAccounts: boolean;
      readonly linkByEmail: boolean;
      readonly enabled: boolean;
      readonly hasSecret: boolean;
      readonly redirectUri: string;
      readonly createdAt: string;
    };
  };
  /** Changes an identity provider; with another issuer its secret has to be given again. Permission: accounts:write. */
  readonly changeIdentityProvider: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name: string;
        readonly issuer: string;
        readonly clientId: string;
        readonly scopes?: readonly string[] | undefined;
        readonly groupsClaim?: string | undefined;
        readonly rules?:
          | readonly (
              | { readonly group: string; readonly team: string }
              | {
                  readonly group: string;
                  readonly role:
                    | 'viewer'
                    | 'developer'
                    | 'security'
                    | 'approver'
                    | 'admin'
                    | 'agent'
                    | 'ci'
                    | 'monitor';
                  readonly scope:
                    | { readonly kind: 'all' }
                    | { readonly kind: 'team'; readonly team: string }
                    | {
                        readonly kind: 'assets';
                        readonly asset: 'repository' | 'host' | 'project' | 'workload';
                        readonly prefix: string;
                      };
                }
            )[]
          | undefined;
        readonly makeAccounts?: boolean | undefined;
        readonly linkByEmail?: boolean | undefined;
        readonly enabled?: boolean | undefined;
        readonly clientSecret?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly issuer: string;
      readonly clientId: string;
      readonly scopes: readonly string[];
      readonly groupsClaim: string;
      readonly rules: readonly (
        | { readonly group: string; readonly team: string }
        | {
            readonly group: string;
            readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
            readonly scope:
              | { readonly kind: 'all' }
              | { readonly kind: 'team'; readonly team: string }
              | {
                  readonly kind: 'assets';
                  readonly asset: 'repository' | 'host' | 'project' | 'workload';
                  readonly prefix: string;
                };
          }
      )[];
      readonly makeAccounts: boolean;
      readonly linkByEmail: boolean;
      readonly enabled: boolean;
      readonly hasSecret: boolean;
      readonly redirectUri: string;
      readonly createdAt: string;
    };
  };
  /** Removes an identity provider with the rights and memberships that it gave; accounts stay. Permission: accounts:write. */
  readonly removeIdentityProvider: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Who you are here, and what you may do where. Permission: signed-in. */
  readonly getMe: {
    readonly request: undefined;
    readonly answer: {
      readonly id: string;
      readonly kind: 'person' | 'machine';
      readonly name: string;
      readonly email: string | null;
      readonly hasSecondFactor: boolean;
      readonly teams: readonly { readonly id: string; readonly name: string }[];
      readonly grants: readonly {
        readonly permissions: readonly (
          | 'findings:read'
          | 'findings:triage'
          | 'exceptions:request'
          | 'exceptions:approve'
          | 'inventory:read'
          | 'reports:upload'
          | 'compliance:read'
          | 'compliance:attest'
          | 'policies:read'
          | 'policies:write'
          | 'metrics:read'
          | 'objectives:write'
          | 'notifications:write'
          | 'accounts:read'
          | 'accounts:write'
          | 'tokens:write'
          | 'audit:read'
          | 'system:metrics'
          | 'system:read'
          | 'system:write'
        )[];
        readonly scope:
          | { readonly kind: 'all' }
          | { readonly kind: 'team'; readonly team: string }
          | {
              readonly kind: 'assets';
              readonly asset: 'repository' | 'host' | 'project' | 'workload';
              readonly prefix: string;
            };
      }[];
    };
  };
  /** Sets another password and ends your other sessions. Permission: signed-in. */
  readonly changePassword: {
    readonly request: { readonly body: { readonly password: string; readonly newPassword: string } };
    readonly answer: undefined;
  };
  /** A secret for an authenticator app (TOTP); it counts once you confirm it with a code. Permission: signed-in. */
  readonly proposeSecondFactor: {
    readonly request: { readonly body: { readonly password: string } };
    readonly answer: { readonly secret: string; readonly uri: string };
  };
  /** Turns the second factor on; the recovery codes are shown now and never again. Permission: signed-in. */
  readonly confirmSecondFactor: {
    readonly request: { readonly body: { readonly code: string } };
    readonly answer: { readonly recoveryCodes: readonly string[] };
  };
  /** Turns the second factor off, with its recovery codes. Permission: signed-in. */
  readonly removeSecondFactor: {
    readonly request: { readonly body: { readonly password: string } };
    readonly answer: undefined;
  };
  /** New recovery codes instead of the ones before, shown now and never again. Permission: signed-in. */
  readonly renewRecoveryCodes: {
    readonly request: { readonly body: { readonly password: string } };
    readonly answer: { readonly recoveryCodes: readonly string[] };
  };
  /** People and machines that may use this. Permission: accounts:read. */
  readonly listAccounts: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: 'person' | 'machine';
        readonly name: string;
        readonly email: string | null;
        readonly disabled: boolean;
        readonly hasPassword: boolean;
        readonly hasSecondFactor: boolean;
        readonly createdAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Adds a person, who then needs a link, or a machine, which then needs a token or a trust rule; both then need grants. Permission: accounts:write. */
  readonly addAccount: {
    readonly request: {
      readonly body: {
        readonly kind: 'person' | 'machine';
        readonly name: string;
        readonly email?: string | null | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: 'person' | 'machine';
      readonly name: string;
      readonly email: string | null;
      readonly disabled: boolean;
      readonly hasPassword: boolean;
      readonly hasSecondFactor: boolean;
      readonly createdAt: string;
    };
  };
  /** One account. Permission: accounts:read. */
  readonly getAccount: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly kind: 'person' | 'machine';
      readonly name: string;
      readonly email: string | null;
      readonly disabled: boolean;
      readonly hasPassword: boolean;
      readonly hasSecondFactor: boolean;
      readonly createdAt: string;
    };
  };
  /** Disables or enables an account, changes its address, or takes away a second factor that was lost. Permission: accounts:write. */
  readonly changeAccount: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly email?: string | null | undefined;
        readonly disabled?: boolean | undefined;
        readonly hasSecondFactor?: false | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: 'person' | 'machine';
      readonly name: string;
      readonly email: string | null;
      readonly disabled: boolean;
      readonly hasPassword: boolean;
      readonly hasSecondFactor: boolean;
      readonly createdAt: string;
    };
  };
  /** Removes an account with its tokens, sessions and grants; what it did stays in the audit log. Permission: accounts:write. */
  readonly removeAccount: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** A link by which the person sets a password, once, within a day; shown now and never again. Permission: accounts:write. */
  readonly makeSignInLink: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: { readonly token: string; readonly expiresAt: string };
  };
  /** Which tokens of CI systems are which machine account. Permission: accounts:read. */
  readonly listTrustRules: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly name: string;
        readonly issuer: string;
        readonly audience: string;
        readonly claims: Readonly<Record<string, string>>;
        readonly account: string;
        readonly id: string;
        readonly createdAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Lets CI jobs in by the token that their CI system gives them (OpenID Connect), as a machine account. Permission: accounts:write. */
  readonly addTrustRule: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly issuer: string;
        readonly audience: string;
        readonly claims: Readonly<Record<string, string>>;
        readonly account: string;
      };
    };
    readonly answer: {
      readonly name: string;
      readonly issuer: string;
      readonly audience: string;
      readonly claims: Readonly<Record<string, string>>;
      readonly account: string;
      readonly id: string;
      readonly createdAt: string;
    };
  };
  /** Lets those jobs in no longer. Permission: accounts:write. */
  readonly removeTrustRule: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Teams that you are in or have rights about. Permission: signed-in. */
  readonly listTeams: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly { readonly id: string; readonly name: string; readonly createdAt: string }[];
      readonly next?: string | undefined;
    };
  };
  /** Adds a team, without members and rights. Permission: accounts:write. */
  readonly addTeam: {
    readonly request: { readonly body: { readonly name: string } };
    readonly answer: { readonly id: string; readonly name: string; readonly createdAt: string };
  };
  /** Gives a team another name. Permission: accounts:write. */
  readonly renameTeam: {
    readonly request: { readonly params: { readonly id: string }; readonly body: { readonly name: string } };
    readonly answer: { readonly id: string; readonly name: string; readonly createdAt: string };
  };
  /** Removes a team with all its rights; what it owned is nobody’s then. Permission: accounts:write. */
  readonly removeTeam: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Who is in a team. Permission: signed-in. */
  readonly listMembers: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly { readonly id: string; readonly name: string }[];
      readonly next?: string | undefined;
    };
  };
  /** Puts an account into a team: it has the rights of the team from then on. Permission: accounts:write. */
  readonly addMember: {
    readonly request: { readonly params: { readonly id: string; readonly account: string } };
    readonly answer: undefined;
  };
  /** Takes an account out of a team. Permission: accounts:write. */
  readonly removeMember: {
    readonly request: { readonly params: { readonly id: string; readonly account: string } };
    readonly answer: undefined;
  };
  /** Who has which role where, as far as you may see accounts there; of one account (with its teams) or one team, or of all. Permission: accounts:read. */
  readonly listGrants: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly account?: string | undefined;
        readonly team?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly account: string | null;
        readonly team: string | null;
        readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
        readonly scope:
          | { readonly kind: 'all' }
          | { readonly kind: 'team'; readonly team: string }
          | {
              readonly kind: 'assets';
              readonly asset: 'repository' | 'host' | 'project' | 'workload';
              readonly prefix: string;
            };
        readonly createdAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Gives an account or a team a role within a scope; nobody can give more than they have. Permission: accounts:write. */
  readonly addGrant: {
    readonly request: {
      readonly body: {
        readonly account?: string | null | undefined;
        readonly team?: string | null | undefined;
        readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
        readonly scope:
          | { readonly kind: 'all' }
          | { readonly kind: 'team'; readonly team: string }
          | {
              readonly kind: 'assets';
              readonly asset: 'repository' | 'host' | 'project' | 'workload';
              readonly prefix: string;
            };
      };
    };
    readonly answer: {
      readonly id: string;
      readonly account: string | null;
      readonly team: string | null;
      readonly role: 'viewer' | 'developer' | 'security' | 'approver' | 'admin' | 'agent' | 'ci' | 'monitor';
      readonly scope:
        | { readonly kind: 'all' }
        | { readonly kind: 'team'; readonly team: string }
        | {
            readonly kind: 'assets';
            readonly asset: 'repository' | 'host' | 'project' | 'workload';
            readonly prefix: string;
          };
      readonly createdAt: string;
    };
  };
  /** Takes a role away. Permission: accounts:write. */
  readonly removeGrant: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Your tokens that are good, or those of another account; never their secrets. Permission: signed-in. */
  readonly listTokens: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly account?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly account: string;
        readonly name: string;
        readonly permissions: readonly (
          | 'findings:read'
          | 'findings:triage'
          | 'exceptions:request'
          | 'exceptions:approve'
          | 'inventory:read'
          | 'reports:upload'
          | 'compliance:read'
          | 'compliance:attest'
          | 'policies:read'
          | 'policies:write'
          | 'metrics:read'
          | 'objectives:write'
          | 'notifications:write'
          | 'accounts:read'
          | 'accounts:write'
          | 'tokens:write'
          | 'audit:read'
          | 'system:metrics'
          | 'system:read'
          | 'system:write'
        )[];
        readonly scope:
          | { readonly kind: 'all' }
          | { readonly kind: 'team'; readonly team: string }
          | {
              readonly kind: 'assets';
              readonly asset: 'repository' | 'host' | 'project' | 'workload';
              readonly prefix: string;
            };
        readonly createdAt: string;
        readonly expiresAt: string;
        readonly lastUsedAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** A token for yourself or for a machine; shown now and never again, and never worth more than its account. Permission: tokens:write. */
  readonly addToken: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly permissions: readonly (
          | 'findings:read'
          | 'findings:triage'
          | 'exceptions:request'
          | 'exceptions:approve'
          | 'inventory:read'
          | 'reports:upload'
          | 'compliance:read'
          | 'compliance:attest'
          | 'policies:read'
          | 'policies:write'
          | 'metrics:read'
          | 'objectives:write'
          | 'notifications:write'
          | 'accounts:read'
          | 'accounts:write'
          | 'tokens:write'
          | 'audit:read'
          | 'system:metrics'
          | 'system:read'
          | 'system:write'
        )[];
        readonly scope?:
          | { readonly kind: 'all' }
          | { readonly kind: 'team'; readonly team: string }
          | {
              readonly kind: 'assets';
              readonly asset: 'repository' | 'host' | 'project' | 'workload';
              readonly prefix: string;
            }
          | undefined;
        readonly days?: number | undefined;
        readonly account?: string | undefined;
      };
    };
    readonly answer: {
      readonly token: string;
      readonly id: string;
      readonly account: string;
      readonly name: string;
      readonly permissions: readonly (
        | 'findings:read'
        | 'findings:triage'
        | 'exceptions:request'
        | 'exceptions:approve'
        | 'inventory:read'
        | 'reports:upload'
        | 'compliance:read'
        | 'compliance:attest'
        | 'policies:read'
        | 'policies:write'
        | 'metrics:read'
        | 'objectives:write'
        | 'notifications:write'
        | 'accounts:read'
        | 'accounts:write'
        | 'tokens:write'
        | 'audit:read'
        | 'system:metrics'
        | 'system:read'
        | 'system:write'
      )[];
      readonly scope:
        | { readonly kind: 'all' }
        | { readonly kind: 'team'; readonly team: string }
        | {
            readonly kind: 'assets';
            readonly asset: 'repository' | 'host' | 'project' | 'workload';
            readonly prefix: string;
          };
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly lastUsedAt: string | null;
    };
  };
  /** Makes a token worthless at once. Permission: signed-in. */
  readonly revokeToken: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Who changed what, the newest first; who may read it only in a part sees what they did themselves. Permission: audit:read. */
  readonly listAuditEntries: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly actor?: string | undefined;
        readonly action?: string | undefined;
        readonly subject?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly seq: number;
        readonly at: string;
        readonly actor: string | null;
        readonly actorName: string;
        readonly action: string;
        readonly subject: string;
        readonly details: Readonly<Record<string, unknown>>;
        readonly hash: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Goes through the whole chain of hashes. Permission: audit:read. */
  readonly verifyAudit: {
    readonly request: undefined;
    readonly answer: { readonly entries: number; readonly brokenAt?: number | undefined };
  };
  /** Findings that a filter finds: severity>=high is:open package:openssl. Permission: findings:read. */
  readonly listFindings: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly filter?: string | undefined;
        readonly sort?: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen' | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly rule: string;
        readonly subject: string;
        readonly title: string;
        readonly severity: string;
        readonly state: string;
        readonly rank: number;
        readonly asset: { readonly id: string; readonly kind: string; readonly name: string };
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly assignee: string | null;
        readonly dueAt: string | null;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
        readonly fixedAt: string | null;
        readonly reopened: number;
        readonly isExploited: boolean;
        readonly decision: unknown;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** How many findings a filter finds: exactly, or that there are more than 10,000. Permission: findings:read. */
  readonly countFindings: {
    readonly request: { readonly search?: { readonly filter?: string | undefined } };
    readonly answer: { readonly count: number; readonly isMore: boolean };
  };
  /** How the findings of a filter are spread; only the first 10,000 are looked at where isExact is false. Permission: findings:read. */
  readonly listFindingFacets: {
    readonly request: {
      readonly search?: { readonly filter?: string | undefined; readonly frequent?: 'package' | 'rule' | undefined };
    };
    readonly answer: {
      readonly isExact: boolean;
      readonly total: number;
      readonly facets: Readonly<Record<string, readonly { readonly value: string | null; readonly count: number }[]>>;
    };
  };
  /** Fields, words and orders of filters of findings, for whoever completes or explains them. Permission: findings:read. */
  readonly getFindingLanguage: {
    readonly request: undefined;
    readonly answer: {
      readonly fields: readonly {
        readonly name: string;
        readonly type: 'word' | 'pattern' | 'text' | 'account' | 'time' | 'number';
        readonly words: readonly string[];
        readonly isOrdered: boolean;
        readonly isOptional: boolean;
        readonly about: string;
        readonly example: string;
      }[];
      readonly textField: string;
      readonly sorts: readonly string[];
    };
  };
  /** Everything that a filter finds, as a CSV or JSON file of any length. Permission: findings:read. */
  readonly exportFindings: {
    readonly request: {
      readonly search?: { readonly filter?: string | undefined; readonly format?: 'csv' | 'json' | undefined };
    };
    readonly answer: unknown;
  };
  /** The same change to findings by ids or by a filter, 1000 at most, with a preview. Permission: findings:triage. */
  readonly changeFindings: {
    readonly request: {
      readonly body: {
        readonly ids?: readonly string[] | undefined;
        readonly filter?: string | undefined;
        readonly change: {
          readonly assignee?: string | null | undefined;
          readonly dueAt?: string | null | undefined;
          readonly state?: 'open' | 'in-progress' | 'accepted' | 'false-positive' | 'not-affected' | undefined;
          readonly reason?: string | undefined;
          readonly justification?: string | undefined;
          readonly until?: string | undefined;
        };
        readonly preview?: boolean | undefined;
        readonly expected?: number | undefined;
      };
    };
    readonly answer: {
      readonly matched: number;
      readonly changed: number;
      readonly refused: readonly { readonly id: string; readonly reason: string }[];
    };
  };
  /** One finding: where it is, how to be rid of it, and why it is as urgent as it is. Permission: findings:read. */
  readonly getFinding: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly rule: string;
      readonly subject: string;
      readonly title: string;
      readonly severity: string;
      readonly state: string;
      readonly rank: number;
      readonly asset: { readonly id: string; readonly kind: string; readonly name: string };
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly assignee: string | null;
      readonly dueAt: string | null;
      readonly firstSeenAt: string;
      readonly lastSeenAt: string;
      readonly fixedAt: string | null;
      readonly reopened: number;
      readonly isExploited: boolean;
      readonly decision: unknown;
      readonly assigneeName: string | null;
      readonly isDueSetByHand: boolean;
      readonly details: unknown;
      readonly occurrences: readonly {
        readonly digest: string;
        readonly platform: string | null;
        readonly tags: readonly string[];
        readonly package: string | null;
        readonly location: string;
        readonly tool: string;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
        readonly goneAt: string | null;
        readonly details: unknown;
      }[];
    };
  };
  /** Who does something about a finding, until when, and where it stands. Permission: findings:triage. */
  readonly changeFinding: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly assignee?: string | null | undefined;
        readonly dueAt?: string | null | undefined;
        readonly state?: 'open' | 'in-progress' | 'accepted' | 'false-positive' | 'not-affected' | undefined;
        readonly reason?: string | undefined;
        readonly justification?: string | undefined;
        readonly until?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly rule: string;
      readonly subject: string;
      readonly title: string;
      readonly severity: string;
      readonly state: string;
      readonly rank: number;
      readonly asset: { readonly id: string; readonly kind: string; readonly name: string };
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly assignee: string | null;
      readonly dueAt: string | null;
      readonly firstSeenAt: string;
      readonly lastSeenAt: string;
      readonly fixedAt: string | null;
      readonly reopened: number;
      readonly isExploited: boolean;
      readonly decision: unknown;
      readonly assigneeName: string | null;
      readonly isDueSetByHand: boolean;
      readonly details: unknown;
      readonly occurrences: readonly {
        readonly digest: string;
        readonly platform: string | null;
        readonly tags: readonly string[];
        readonly package: string | null;
        readonly location: string;
        readonly tool: string;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
        readonly goneAt: string | null;
        readonly details: unknown;
      }[];
    };
  };
  /** All that happened to a finding, comments included, the newest first. Permission: findings:read. */
  readonly listFindingEvents: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: number;
        readonly at: string;
        readonly actor: { readonly id: string; readonly name: string } | null;
        readonly kind: string;
        readonly details: unknown;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** A comment in the history of a finding. Permission: findings:triage. */
  readonly addFindingComment: {
    readonly request: { readonly params: { readonly id: string }; readonly body: { readonly text: string } };
    readonly answer: { readonly added: true };
  };
  /** What an exception would hide now, by team and severity, and how long it may hold. Permission: exceptions:request. */
  readonly previewException: {
    readonly request: {
      readonly body: {
        readonly scope: {
          readonly finding?: string | undefined;
          readonly kind?: string | undefined;
          readonly rule?: string | undefined;
          readonly package?: string | undefined;
          readonly assets?:
            | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
            | undefined;
          readonly team?: string | undefined;
        };
      };
    };
    readonly answer: {
      readonly findings: number;
      readonly counts: readonly {
        readonly team: string | null;
        readonly severity: string;
        readonly findings: number;
      }[];
      readonly worst: string;
      readonly maxDays: number;
      readonly approvalsNeeded: number;
    };
  };
  /** Asks that findings need not be mended for a while; somebody else approves. Permission: exceptions:request. */
  readonly requestException: {
    readonly request: {
      readonly body: {
        readonly scope: {
          readonly finding?: string | undefined;
          readonly kind?: string | undefined;
          readonly rule?: string | undefined;
          readonly package?: string | undefined;
          readonly assets?:
            | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
            | undefined;
          readonly team?: string | undefined;
        };
        readonly reason:
          | 'component_not_present'
          | 'vulnerable_code_not_present'
          | 'vulnerable_code_not_in_execute_path'
          | 'vulnerable_code_cannot_be_controlled_by_adversary'
          | 'inline_mitigations_already_exist'
          | 'risk-accepted'
          | 'deferred-until-fix'
          | 'false-positive'
          | 'compensating-control';
        readonly explanation: string;
        readonly expiresAt: string;
        readonly draft?: boolean | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Exceptions, the newest first. Permission: findings:read. */
  readonly listExceptions: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly state?:
          | 'draft'
          | 'requested'
          | 'approved'
          | 'expired'
          | 'revoked'
          | 'rejected'
          | 'expiring'
          | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
        readonly scope: {
          readonly finding?: string | undefined;
          readonly kind?: string | undefined;
          readonly rule?: string | undefined;
          readonly package?: string | undefined;
          readonly assets?:
            | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
            | undefined;
          readonly team?: string | undefined;
        };
        readonly reason:
          | 'component_not_present'
          | 'vulnerable_code_not_present'
          | 'vulnerable_code_not_in_execute_path'
          | 'vulnerable_code_cannot_be_controlled_by_adversary'
          | 'inline_mitigations_already_exist'
          | 'risk-accepted'
          | 'deferred-until-fix'
          | 'false-positive'
          | 'compensating-control';
        readonly explanation: string;
        readonly worst: string;
        readonly requester: { readonly id: string; readonly name: string };
        readonly approvals: readonly { readonly id: string; readonly name: string }[];
        readonly approvalsNeeded: number;
        readonly createdAt: string;
        readonly approvedAt: string | null;
        readonly expiresAt: string;
        readonly renews: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Asks for the same once more; when it is approved it takes the place of the old one. Permission: exceptions:request. */
  readonly renewException: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: { readonly explanation: string; readonly expiresAt: string };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Exceptions that hold: as YAML for plimsoll scan --exceptions, as OpenVEX or as CSAF. Permission: findings:read. */
  readonly exportExceptions: {
    readonly request: { readonly search?: { readonly format?: 'yaml' | 'openvex' | 'csaf' | undefined } };
    readonly answer: unknown;
  };
  /** One exception. Permission: findings:read. */
  readonly getException: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** All that happened to an exception, comments included, the newest first. Permission: findings:read. */
  readonly listExceptionEvents: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly items: readonly {
        readonly at: string;
        readonly by: string;
        readonly kind: string;
        readonly details: unknown;
      }[];
    };
  };
  /** A comment in the history of an exception. Permission: exceptions:request. */
  readonly addExceptionComment: {
    readonly request: { readonly params: { readonly id: string }; readonly body: { readonly text: string } };
    readonly answer: { readonly added: true };
  };
  /** How long exceptions may hold and how many people approve them, by severity. Permission: findings:read. */
  readonly getExceptionPolicy: {
    readonly request: undefined;
    readonly answer: {
      readonly version: number;
      readonly policy: {
        readonly tiers: {
          readonly critical: { readonly maxDays: number; readonly approvals: number };
          readonly high: { readonly maxDays: number; readonly approvals: number };
          readonly medium: { readonly maxDays: number; readonly approvals: number };
          readonly low: { readonly maxDays: number; readonly approvals: number };
          readonly info: { readonly maxDays: number; readonly approvals: number };
          readonly unknown: { readonly maxDays: number; readonly approvals: number };
        };
        readonly remindDays: readonly number[];
      };
    };
  };
  /** Changes how long exceptions may hold and how many people approve them; what was approved stays. Permission: policies:write. */
  readonly setExceptionPolicy: {
    readonly request: {
      readonly body: {
        readonly tiers: {
          readonly critical: { readonly maxDays: number; readonly approvals: number };
          readonly high: { readonly maxDays: number; readonly approvals: number };
          readonly medium: { readonly maxDays: number; readonly approvals: number };
          readonly low: { readonly maxDays: number; readonly approvals: number };
          readonly info: { readonly maxDays: number; readonly approvals: number };
          readonly unknown: { readonly maxDays: number; readonly approvals: number };
        };
        readonly remindDays: readonly number[];
      };
    };
    readonly answer: {
      readonly version: number;
      readonly policy: {
        readonly tiers: {
          readonly critical: { readonly maxDays: number; readonly approvals: number };
          readonly high: { readonly maxDays: number; readonly approvals: number };
          readonly medium: { readonly maxDays: number; readonly approvals: number };
          readonly low: { readonly maxDays: number; readonly approvals: number };
          readonly info: { readonly maxDays: number; readonly approvals: number };
          readonly unknown: { readonly maxDays: number; readonly approvals: number };
        };
        readonly remindDays: readonly number[];
      };
    };
  };
  /** Asks for a draft to be approved. Permission: exceptions:request. */
  readonly submitException: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: { readonly comment?: string | undefined };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Approves the request of somebody else; with the last approval needed it holds. Permission: exceptions:approve. */
  readonly approveException: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: { readonly comment?: string | undefined };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Refuses a request. Permission: exceptions:approve. */
  readonly rejectException: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: { readonly comment?: string | undefined };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Ends an exception, or takes back a request of your own; what it hid opens again. Permission: exceptions:request. */
  readonly revokeException: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: { readonly comment?: string | undefined };
    };
    readonly answer: {
      readonly id: string;
      readonly state: 'draft' | 'requested' | 'approved' | 'expired' | 'revoked' | 'rejected' | 'expiring';
      readonly scope: {
        readonly finding?: string | undefined;
        readonly kind?: string | undefined;
        readonly rule?: string | undefined;
        readonly package?: string | undefined;
        readonly assets?:
          | { readonly kind: 'repository' | 'host' | 'project' | 'workload'; readonly name: string }
          | undefined;
        readonly team?: string | undefined;
      };
      readonly reason:
        | 'component_not_present'
        | 'vulnerable_code_not_present'
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary'
        | 'inline_mitigations_already_exist'
        | 'risk-accepted'
        | 'deferred-until-fix'
        | 'false-positive'
        | 'compensating-control';
      readonly explanation: string;
      readonly worst: string;
      readonly requester: { readonly id: string; readonly name: string };
      readonly approvals: readonly { readonly id: string; readonly name: string }[];
      readonly approvalsNeeded: number;
      readonly createdAt: string;
      readonly approvedAt: string | null;
      readonly expiresAt: string;
      readonly renews: string | null;
    };
  };
  /** Your saved views and those of your teams. Permission: findings:read. */
  readonly listViews: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly name: string;
        readonly filter: string;
        readonly columns: readonly string[];
        readonly sort: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen';
        readonly team: string | null;
        readonly id: string;
        readonly account: string;
        readonly createdAt: string;
        readonly changedAt: string;
      }[];
    };
  };
  /** Saves a view: a name, a filter, columns and an order. Permission: findings:read. */
  readonly addView: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly filter?: string | undefined;
        readonly columns?: readonly string[] | undefined;
        readonly sort?: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen' | undefined;
        readonly team?: string | null | undefined;
      };
    };
    readonly answer: {
      readonly name: string;
      readonly filter: string;
      readonly columns: readonly string[];
      readonly sort: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen';
      readonly team: string | null;
      readonly id: string;
      readonly account: string;
      readonly createdAt: string;
      readonly changedAt: string;
    };
  };
  /** One saved view. Permission: findings:read. */
  readonly getView: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly name: string;
      readonly filter: string;
      readonly columns: readonly string[];
      readonly sort: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen';
      readonly team: string | null;
      readonly id: string;
      readonly account: string;
      readonly createdAt: string;
      readonly changedAt: string;
    };
  };
  /** Changes a saved view. Permission: findings:read. */
  readonly setView: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name: string;
        readonly filter?: string | undefined;
        readonly columns?: readonly string[] | undefined;
        readonly sort?: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen' | undefined;
        readonly team?: string | null | undefined;
      };
    };
    readonly answer: {
      readonly name: string;
      readonly filter: string;
      readonly columns: readonly string[];
      readonly sort: 'rank' | '-rank' | 'severity' | '-severity' | 'due' | '-due' | 'seen' | '-seen';
      readonly team: string | null;
      readonly id: string;
      readonly account: string;
      readonly createdAt: string;
      readonly changedAt: string;
    };
  };
  /** Removes a saved view. Permission: findings:read. */
  readonly removeView: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Take in what a tool says of an artifact: a scan report, or findings of other tools; JSON, also with gzip. Permission: reports:upload. */
  readonly uploadReport: {
    readonly request: {
      readonly search?: {
        /** Without it, by the marks of the document */
        readonly format?:
          | 'plimsoll'
          | 'sarif'
          | 'trivy'
          | 'grype'
          | 'cyclonedx'
          | 'spdx'
          | 'falco'
          | 'findings'
          | undefined /** KIND:NAME of what it is about, where the document does not name it: project:shop/checkout */;
        readonly asset?: string | undefined;
        readonly digest?: string | undefined;
      };
      readonly body: Blob | Uint8Array<ArrayBuffer> | string;
    };
    readonly answer: {
      readonly report: string;
      readonly asset: string /** The same was here before: nothing has changed */;
      readonly repeated: boolean;
      readonly packages: number;
      readonly findings: number;
    };
  };
  /** Repositories, hosts, projects and workloads, by name. Permission: inventory:read. */
  readonly listAssets: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly kind?: 'repository' | 'host' | 'project' | 'workload' | undefined /** Part of the name */;
        readonly name?: string | undefined;
        readonly team?: string | undefined /** Only what no team owns */;
        readonly unowned?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: 'repository' | 'host' | 'project' | 'workload';
        readonly name: string;
        readonly team: string | null;
        readonly teamName: string | null /** explicit, or the rule by which the team owns it */;
        readonly ownedBy: string | null;
        readonly exposure: 'internet' | 'internal' | 'unknown';
        readonly labels: Readonly<Record<string, string>>;
        readonly openFindings: number;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** One asset. Permission: inventory:read. */
  readonly getAsset: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly kind: 'repository' | 'host' | 'project' | 'workload';
      readonly name: string;
      readonly team: string | null;
      readonly teamName: string | null /** explicit, or the rule by which the team owns it */;
      readonly ownedBy: string | null;
      readonly exposure: 'internet' | 'internal' | 'unknown';
      readonly labels: Readonly<Record<string, string>>;
      readonly openFindings: number;
      readonly firstSeenAt: string;
      readonly lastSeenAt: string;
    };
  };
  /** Set by hand from where an asset can be reached and who owns it; due dates and ranks follow. Permission: policies:write. */
  readonly changeAsset: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        /** null: what is known of where it runs counts again */
        readonly exposure?:
          | 'internet'
          | 'internal'
          | 'unknown'
          | null
          | undefined /** null: the rules of ownership decide again */;
        readonly team?: string | null | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly exposure: 'internet' | 'internal' | 'unknown';
      readonly team: string | null;
      readonly ownedBy: string | null;
    };
  };
  /** What an asset consisted of over time, the newest first. Permission: inventory:read. */
  readonly listArtifacts: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: number;
        readonly digest: string;
        readonly platform: string | null;
        readonly distribution: Readonly<Record<string, unknown>> | null /** Those that name it now */;
        readonly tags: readonly string[];
        readonly packages: number;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** What is in an artifact, by name. Permission: inventory:read. */
  readonly listArtifactPackages: {
    readonly request: {
      readonly params: { readonly id: number };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: number;
        readonly type: string;
        readonly name: string;
        readonly version: string;
        readonly purl: string;
        readonly source: string | null;
        readonly sourceVersion: string | null;
        readonly layer: string | null;
        readonly paths: readonly string[];
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Images and other artifacts, the newest first. Permission: inventory:read. */
  readonly listImages: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined /** Or any other asset */;
        readonly repository?: string | undefined;
        readonly tag?: string | undefined;
        readonly digest?: string | undefined;
        readonly running?: string | undefined /** Also those that do not count any more */;
        readonly old?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: number;
        readonly digest: string /** All by which it is known: of manifest, index and configuration */;
        readonly digests: readonly string[];
        readonly platform: string | null;
        readonly distribution: Readonly<Record<string, unknown>> | null;
        readonly asset: {
          readonly id: string;
          readonly kind: 'repository' | 'host' | 'project' | 'workload';
          readonly name: string;
          readonly team: string | null;
        } /** Those that name it now */;
        readonly tags: readonly string[] /** A tag names it, it runs somewhere, or it is the newest: what is found in it counts */;
        readonly current: boolean /** Containers */;
        readonly running: number;
        readonly packages: number /** The list of packages has no hole */;
        readonly complete: boolean /** When it was scanned; null: what is in it is not known */;
        readonly inventoryAt: string | null /** When it was last compared with all advisories */;
        readonly matchedAt: string | null /** Since when its registry has no tag for it */;
        readonly retiredAt: string | null;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** One image or other artifact. Permission: inventory:read. */
  readonly getImage: {
    readonly request: { readonly params: { readonly id: number } };
    readonly answer: {
      readonly id: number;
      readonly digest: string /** All by which it is known: of manifest, index and configuration */;
      readonly digests: readonly string[];
      readonly platform: string | null;
      readonly distribution: Readonly<Record<string, unknown>> | null;
      readonly asset: {
        readonly id: string;
        readonly kind: 'repository' | 'host' | 'project' | 'workload';
        readonly name: string;
        readonly team: string | null;
      } /** Those that name it now */;
      readonly tags: readonly string[] /** A tag names it, it runs somewhere, or it is the newest: what is found in it counts */;
      readonly current: boolean /** Containers */;
      readonly running: number;
      readonly packages: number /** The list of packages has no hole */;
      readonly complete: boolean /** When it was scanned; null: what is in it is not known */;
      readonly inventoryAt: string | null /** When it was last compared with all advisories */;
      readonly matchedAt: string | null /** Since when its registry has no tag for it */;
      readonly retiredAt: string | null;
      readonly firstSeenAt: string;
      readonly lastSeenAt: string;
    };
  };
  /** Layers of an image from the bottom, with what each brought, base and own. Permission: inventory:read. */
  readonly listLayers: {
    readonly request: { readonly params: { readonly id: number } };
    readonly answer: {
      readonly items: readonly {
        /** null: what no layer is known of */ readonly diffId: string | null;
        readonly size: number | null /** The step of the build that made it */;
        readonly instruction: string | null;
        readonly part: 'base' | 'own' | 'unknown' /** That it brought and no later one removed */;
        readonly packages: number /** Open ones that came with it */;
        readonly findings: number;
      }[];
    };
  };
  /** Open findings that an image has, the most urgent first. Permission: findings:read. */
  readonly listImageFindings: {
    readonly request: {
      readonly params: { readonly id: number };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly rule: string;
        readonly subject: string;
        readonly title: string;
        readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';
        readonly state: string;
        readonly rank: number;
        readonly dueAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** What the tags of a repository named over time, the newest first. Permission: inventory:read. */
  readonly listTags: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly name?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly name: string;
        readonly platform: string;
        readonly artifact: number;
        readonly digest: string;
        readonly since: string /** null: it names it still */;
        readonly until: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Hosts, with how much runs on each. Permission: inventory:read. */
  readonly listHosts: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly team: string | null;
        readonly exposure: 'internet' | 'internal' | 'unknown';
        readonly facts: Readonly<Record<string, unknown>> /** When it last told what runs on it; null: never */;
        readonly toldAt: string | null;
        readonly containers: number;
        readonly listeners: number;
        readonly openFindings: number;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** One host. Permission: inventory:read. */
  readonly getHost: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly team: string | null;
      readonly exposure: 'internet' | 'internal' | 'unknown';
      readonly facts: Readonly<Record<string, unknown>> /** When it last told what runs on it; null: never */;
      readonly toldAt: string | null;
      readonly containers: number;
      readonly listeners: number;
      readonly openFindings: number;
    };
  };
  /** Sockets that listen on a host. Permission: inventory:read. */
  readonly listListeners: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly protocol: string;
        readonly address: string;
        readonly port: number;
        readonly process: string | null;
        readonly container: string | null;
        readonly firstSeenAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Clusters, with what you may see of them. Permission: inventory:read. */
  readonly listClusters: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly toldAt: string;
        readonly facts: Readonly<Record<string, unknown>>;
        readonly namespaces: number;
        readonly workloads: number /** Workloads that are reached from the internet */;
        readonly exposed: number;
      }[];
    };
  };
  /** Namespaces of a cluster, with what you may see of them. Permission: inventory:read. */
  readonly listNamespaces: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly items: readonly {
        readonly name: string;
        readonly labels: Readonly<Record<string, string>>;
        readonly workloads: number;
        readonly openFindings: number;
      }[];
    };
  };
  /** Workloads, by cluster, namespace and name. Permission: inventory:read. */
  readonly listWorkloads: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly cluster?: string | undefined;
        readonly namespace?: string | undefined;
        readonly exposure?: 'internet' | 'internal' | 'unknown' | undefined;
        readonly team?: string | undefined /** Part of cluster/namespace/kind/name */;
        readonly name?: string | undefined /** Also those that are no longer there */;
        readonly gone?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly cluster: { readonly id: string; readonly name: string };
        readonly namespace: string;
        readonly kind: string;
        readonly name: string;
        readonly team: string | null;
        readonly labels: Readonly<Record<string, string>>;
        readonly exposure: 'internet' | 'internal' | 'unknown' /** Services and ingresses that lead to it */;
        readonly exposedBy: readonly string[];
        readonly facts: Readonly<Record<string, unknown>>;
        readonly containers: number /** Of the workload itself; those of its images are with the images */;
        readonly openFindings: number;
        readonly firstSeenAt: string;
        readonly goneAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** One workload. Permission: inventory:read. */
  readonly getWorkload: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly cluster: { readonly id: string; readonly name: string };
      readonly namespace: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly labels: Readonly<Record<string, string>>;
      readonly exposure: 'internet' | 'internal' | 'unknown' /** Services and ingresses that lead to it */;
      readonly exposedBy: readonly string[];
      readonly facts: Readonly<Record<string, unknown>>;
      readonly containers: number /** Of the workload itself; those of its images are with the images */;
      readonly openFindings: number;
      readonly firstSeenAt: string;
      readonly goneAt: string | null;
    };
  };
  /** Containers that run on hosts and in workloads, with what is known of their images. Permission: inventory:read. */
  readonly listContainers: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined /** Host or workload */;
        readonly asset?: string | undefined /** Part of the image's name */;
        readonly image?: string | undefined;
        readonly digest?: string | undefined /** false: only those of whose images nothing is known */;
        readonly scanned?: string | undefined /** Also those that no longer run */;
        readonly gone?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly key: string;
        readonly name: string;
        readonly image: string;
        readonly digests: readonly string[];
        readonly facts: Readonly<Record<string, unknown>> /** Host or workload */;
        readonly runsIn: {
          readonly id: string;
          readonly kind: 'repository' | 'host' | 'project' | 'workload';
          readonly name: string;
        } /** What is known of its image; null: it was never scanned */;
        readonly artifact: { readonly id: number; readonly repository: string; readonly repositoryName: string } | null;
        readonly firstSeenAt: string;
        readonly lastSeenAt: string;
        readonly goneAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** How much there is of everything. Permission: inventory:read. */
  readonly countInventory: {
    readonly request: undefined;
    readonly answer: {
      readonly repositories: number;
      readonly images: number;
      readonly hosts: number;
      readonly projects: number;
      readonly workloads: number;
      readonly containers: number /** They run, and nothing is known of what is in them */;
      readonly unscannedContainers: number;
      readonly unownedAssets: number;
      readonly exposedAssets: number;
    };
  };
  /** Take in all containers and listening sockets of a host: what is not told is gone. Permission: reports:upload. */
  readonly tellHost: {
    readonly request: {
      readonly body: {
        readonly schema: 'plimsoll.host.v1';
        readonly host: {
          readonly name: string;
          readonly os?: string | undefined;
          readonly kernel?: string | undefined;
          readonly architecture?: string | undefined;
          readonly labels?: Readonly<Record<string, string>> | undefined;
        };
        readonly generation: number;
        readonly createdAt: string;
        readonly containers: readonly {
          /** What it is called by its run-time, for as long as it is there: its id */ readonly key: string;
          readonly name: string /** As the run-time names it: ghcr.io/shop/web:1.4 */;
          readonly image: string /** By which the image is known: of manifest, index or configuration */;
          readonly digests?: readonly string[] | undefined;
          readonly runtime?: string | undefined;
          readonly startedAt?: string | undefined;
          readonly privileged?: boolean | undefined;
          readonly labels?: Readonly<Record<string, string>> | undefined;
        }[];
        readonly listeners?:
          | readonly {
              readonly protocol: 'tcp' | 'udp';
              readonly address: string;
              readonly port: number;
              readonly process?: string | undefined /** Key of the container that listens */;
              readonly container?: string | undefined;
            }[]
          | undefined;
      };
    };
    readonly answer: {
      readonly id: string /** The same or something newer was told before: nothing has changed */;
      readonly old: boolean;
    };
  };
  /** Take in all workloads of a cluster with services and ingresses: what is not told is gone. Permission: reports:upload. */
  readonly tellCluster: {
    readonly request: {
      readonly body: {
        readonly schema: 'plimsoll.cluster.v1';
        readonly cluster: { readonly name: string; readonly version?: string | undefined };
        readonly generation: number;
        readonly createdAt: string;
        readonly namespaces?:
          | readonly { readonly name: string; readonly labels?: Readonly<Record<string, string>> | undefined }[]
          | undefined;
        readonly workloads: readonly {
          readonly namespace: string;
          readonly kind: string;
          readonly name: string;
          readonly labels?: Readonly<Record<string, string>> | undefined;
          readonly podLabels?: Readonly<Record<string, string>> | undefined;
          readonly serviceAccount?: string | undefined;
          readonly hostNetwork?: boolean | undefined;
          readonly replicas?: number | undefined;
          readonly containers: readonly {
            readonly name: string;
            readonly image: string;
            readonly digests?: readonly string[] | undefined;
          }[];
        }[];
        readonly services?:
          | readonly {
              readonly namespace: string;
              readonly name: string;
              readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
              readonly selector?:
                | Readonly<Record<string, string>>
                | undefined /** Its load balancer is reached from inside only */;
              readonly isInternal?: boolean | undefined;
              readonly externalIps?: readonly string[] | undefined;
            }[]
          | undefined /** Ingresses and routes of gateways, with the services of their namespace that they lead to */;
        readonly ingresses?:
          | readonly {
              readonly namespace: string;
              readonly name: string;
              readonly services: readonly string[];
              readonly isInternal?: boolean | undefined;
            }[]
          | undefined;
      };
    };
    readonly answer: {
      readonly id: string /** The same or something newer was told before: nothing has changed */;
      readonly old: boolean;
    };
  };
  /** Registries that are watched, and how that goes. Permission: system:read. */
  readonly listRegistries: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly url: string;
        readonly enabled: boolean;
        readonly repositories: readonly string[];
        readonly tags: readonly string[];
        readonly excludedTags: readonly string[];
        readonly everyMinutes: number;
        readonly rescanDays: number | null;
        readonly username: string | null;
        readonly hasPassword: boolean;
        readonly hasNotificationSecret: boolean /** When it was last looked through whole */;
        readonly polledAt: string | null /** Why the newest look failed; null: it did not */;
        readonly error: string | null;
        readonly images: number /** Images that are to be scanned */;
        readonly waiting: number /** Images whose newest scan failed */;
        readonly failed: number;
      }[];
    };
  };
  /** Watches a registry: its new images are scanned, what its tags no longer name ends; its secrets are never shown again. Permission: system:write. */
  readonly addRegistry: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly url: string;
        readonly enabled?:
          | boolean
          | undefined /** Names and patterns: team/app, team/**; * stands for anything but a slash */;
        readonly repositories: readonly string[] /** Patterns of tags to scan */;
        readonly tags?: readonly string[] | undefined;
        readonly excludedTags?: readonly string[] | undefined;
        readonly everyMinutes?: number | undefined;
        readonly rescanDays?: number | null | undefined;
        readonly username?: string | undefined;
        readonly password?: string | undefined;
        readonly notificationSecret?: string | undefined;
      };
    };
    readonly answer: { readonly id: string };
  };
  /** Changes how a registry is watched; what is not given stays, its secrets too; it is looked through anew. Permission: system:write. */
  readonly changeRegistry: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name?: string | undefined;
        readonly enabled?:
          | boolean
          | undefined /** Names and patterns: team/app, team/**; * stands for anything but a slash */;
        readonly repositories?: readonly string[] | undefined;
        readonly tags?: readonly string[] | undefined;
        readonly excludedTags?: readonly string[] | undefined;
        readonly everyMinutes?: number | undefined;
        readonly rescanDays?: number | null | undefined;
        readonly username?: string | undefined;
        readonly password?: string | undefined;
        readonly notificationSecret?: string | undefined;
      };
    };
    readonly answer: { readonly id: string };
  };
  /** Watches a registry no longer; images that were scanned and their findings stay. Permission: system:write. */
  readonly removeRegistry: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Has a registry looked through now. Permission: system:write. */
  readonly pollRegistry: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: { readonly id: string };
  };
  /** Images that the tags of a watched registry name, with what came of their scans. Permission: system:read. */
  readonly listRegistryImages: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly state?: 'waiting' | 'done' | 'failed' | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly repository: string;
        readonly digest: string;
        readonly tags: readonly string[];
        readonly state: 'waiting' | 'done' | 'failed';
        readonly foundAt: string;
        readonly scannedAt: string | null;
        readonly error: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** What a registry tells of pushes and removals, in the form of distribution, Harbor or GitHub packages, verified by the secret of notifications. Permission: anyone. */
  readonly notifyRegistry: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: Blob | Uint8Array<ArrayBuffer> | string;
    };
    readonly answer: { readonly repositories: number };
  };
  /** The advisory data that findings stand for: feeds with their age, and what the newest changes did. Permission: findings:read. */
  readonly getAdvisories: {
    readonly request: undefined;
    readonly answer: {
      readonly feeds: readonly {
        readonly source: string;
        readonly feed: string;
        readonly title: string;
        readonly license: string;
        readonly asOf: string;
        readonly fetchedAt: string;
        readonly advisories: number /** Not fetched for a week */;
        readonly stale: boolean;
      }[] /** When feeds were last looked at */;
      readonly checkedAt: string | null /** When a change of advisories last reached findings */;
      readonly appliedAt: string | null /** What the newest update said, and what the newest change did */;
      readonly outcome: Readonly<Record<string, unknown>>;
    };
  };
  /** Has the feeds looked at now. Permission: system:write. */
  readonly updateAdvisories: {
    readonly request: undefined;
    readonly answer: { readonly queued: boolean };
  };
  /** Where a package is: the artifacts that have it. Permission: inventory:read. */
  readonly findPackage: {
    readonly request: {
      readonly search: {
        readonly limit?: number | undefined;
        readonly cursor?:
          | string
          | undefined /** Whole, as its ecosystem writes it: org.apache.logging.log4j:log4j-core */;
        readonly name: string /** npm, maven, deb, … */;
        readonly type?: string | undefined;
        readonly version?: string | undefined /** Also artifacts that are neither the newest nor named by a tag */;
        readonly old?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly type: string;
        readonly name: string;
        readonly version: string;
        readonly purl: string;
        readonly artifact: { readonly id: number; readonly digest: string; readonly platform: string | null };
        readonly asset: {
          readonly id: string;
          readonly kind: 'repository' | 'host' | 'project' | 'workload';
          readonly name: string;
          readonly team: string | null;
        };
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Names of packages that are somewhere now and have the text in them, the shortest first. Permission: inventory:read. */
  readonly findPackageNames: {
    readonly request: { readonly search: { readonly text: string } };
    readonly answer: { readonly items: readonly { readonly type: string; readonly name: string }[] };
  };
  /** How many days there are to fix what. Permission: policies:read. */
  readonly getSla: {
    readonly request: undefined;
    readonly answer: {
      /** The one that was read; another one means that it was changed since */ readonly version: number;
      readonly policy: {
        /** Days from when it was first seen, by severity and exposure; null: no date */
        readonly days: Readonly<
          Record<string, Readonly<Record<string, number | null>>>
        > /** At most these for what attackers are known to use */;
        readonly exploited: Readonly<Record<string, number | null>>;
      };
    };
  };
  /** Change how many days there are; due dates of what is open move soon after. Permission: policies:write. */
  readonly replaceSla: {
    readonly request: {
      readonly body: {
        /** The one that was read; another one means that it was changed since */ readonly version: number;
        readonly policy: {
          /** Days from when it was first seen, by severity and exposure; null: no date */
          readonly days: Readonly<
            Record<string, Readonly<Record<string, number | null>>>
          > /** At most these for what attackers are known to use */;
          readonly exploited: Readonly<Record<string, number | null>>;
        };
      };
    };
    readonly answer: {
      /** The one that was read; another one means that it was changed since */ readonly version: number;
      readonly policy: {
        /** Days from when it was first seen, by severity and exposure; null: no date */
        readonly days: Readonly<
          Record<string, Readonly<Record<string, number | null>>>
        > /** At most these for what attackers are known to use */;
        readonly exploited: Readonly<Record<string, number | null>>;
      };
    };
  };
  /** How many due dates a policy would move; nothing changes. Permission: policies:read. */
  readonly previewSla: {
    readonly request: {
      readonly body: {
        readonly policy: {
          /** Days from when it was first seen, by severity and exposure; null: no date */
          readonly days: Readonly<
            Record<string, Readonly<Record<string, number | null>>>
          > /** At most these for what attackers are known to use */;
          readonly exploited: Readonly<Record<string, number | null>>;
        };
      };
    };
    readonly answer: {
      readonly findings: number;
      readonly earlier: number;
      readonly later: number;
      readonly unchanged: number;
      readonly newlyOverdue: number;
    };
  };
  /** Which team owns what: the first rule that holds decides; what a person has set comes before all. Permission: policies:read. */
  readonly getOwnershipRules: {
    readonly request: undefined;
    readonly answer: { readonly version: number; readonly rules: readonly unknown[] };
  };
  /** Change which team owns what; assets change hands soon after. Permission: policies:write. */
  readonly replaceOwnershipRules: {
    readonly request: {
      readonly body: {
        /** The one that was read; another one means that they were changed since */
        readonly version: number /** The first that holds decides */;
        readonly rules: readonly (
          | { readonly kind: 'label'; readonly label: string }
          | {
              readonly kind: 'path' /** * for anything but a slash, ** for anything */;
              readonly pattern: string;
              readonly asset?: 'repository' | 'host' | 'project' | 'workload' | undefined /** Name of a team */;
              readonly team: string;
            }
          | { readonly kind: 'default' /** Name of a team */; readonly team: string }
        )[];
      };
    };
    readonly answer: { readonly version: number; readonly rules: readonly unknown[] };
  };
  /** How many assets rules would give to another team; nothing changes. Permission: policies:write. */
  readonly previewOwnershipRules: {
    readonly request: {
      readonly body: {
        /** The first that holds decides */
        readonly rules: readonly (
          | { readonly kind: 'label'; readonly label: string }
          | {
              readonly kind: 'path' /** * for anything but a slash, ** for anything */;
              readonly pattern: string;
              readonly asset?: 'repository' | 'host' | 'project' | 'workload' | undefined /** Name of a team */;
              readonly team: string;
            }
          | { readonly kind: 'default' /** Name of a team */; readonly team: string }
        )[];
      };
    };
    readonly answer: {
      readonly assets: number;
      readonly changed: number;
      readonly unownedBefore: number;
      readonly unownedAfter: number;
    };
  };
  /** Policies that the program brings, in packs, and those that were uploaded. Permission: policies:read. */
  readonly listPolicies: {
    readonly request: undefined;
    readonly answer: {
      readonly packs: readonly {
        readonly id: string;
        readonly title: string;
        readonly references: readonly string[];
        readonly policies: readonly string[];
      }[];
      readonly policies: readonly {
        readonly id: string;
        readonly pack: string;
        readonly name: string;
        readonly title: string;
        readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';
        readonly action: string;
        readonly controls: readonly string[];
      }[];
    };
  };
  /** One policy: why, what to do, its text, and examples that pass and fail. Permission: policies:read. */
  readonly getPolicy: {
    readonly request: { readonly params: { readonly pack: string; readonly name: string } };
    readonly answer: {
      readonly id: string;
      readonly pack: string;
      readonly name: string;
      readonly title: string;
      readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';
      readonly action: string;
      readonly controls: readonly string[];
      readonly why: string;
      readonly remediation: string;
      readonly scanners: readonly string[];
      readonly source: string;
      readonly examples: readonly {
        readonly name: string;
        readonly expected: 'pass' | 'fail';
        readonly text: string;
      }[];
      readonly versions: readonly {
        readonly version: number;
        readonly authorName: string;
        readonly createdAt: string;
      }[];
    };
  };
  /** Uploads a policy of your own, or its next version; it is linted, and tested by its examples, and else refused. Permission: policies:write. */
  readonly uploadPolicy: {
    readonly request: {
      readonly params: { readonly name: string };
      readonly body: {
        readonly source: string;
        readonly examples: readonly { readonly name: string; readonly text: string }[];
      };
    };
    readonly answer: { readonly id: string; readonly version: number };
  };
  /** Takes a policy of your own away; its versions stay in the audit log. Permission: policies:write. */
  readonly removePolicy: {
    readonly request: { readonly params: { readonly name: string } };
    readonly answer: undefined;
  };
  /** Which policies are in force where, and whether they audit, warn or deny. Permission: policies:read. */
  readonly listPolicyBindings: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly policy: string;
        readonly action: 'audit' | 'warn' | 'deny';
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly assetKind: 'repository' | 'host' | 'project' | 'workload' | null;
        readonly assetPrefix: string;
        readonly createdAt: string;
      }[];
    };
  };
  /** Puts a policy, or all of a pack, in force for a team, for assets by kind and beginning of their names, or everywhere. Permission: policies:write. */
  readonly addPolicyBinding: {
    readonly request: {
      readonly body: {
        readonly policy: string;
        readonly action: 'audit' | 'warn' | 'deny';
        readonly team?: string | null | undefined;
        readonly assetKind?: 'repository' | 'host' | 'project' | 'workload' | null | undefined;
        readonly assetPrefix?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly policy: string;
      readonly action: 'audit' | 'warn' | 'deny';
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly assetKind: 'repository' | 'host' | 'project' | 'workload' | null;
      readonly assetPrefix: string;
      readonly createdAt: string;
    };
  };
  /** A policy is no longer in force there. Permission: policies:write. */
  readonly removePolicyBinding: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** The policies in force for an asset as one YAML file, for plimsoll scan --policy. Permission: policies:read. */
  readonly getPolicyBundle: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: unknown;
  };
  /** What policies said of each asset when it was last scanned with some. Permission: policies:read. */
  readonly listPolicyVerdicts: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly outcome?: 'denied' | 'warned' | 'allowed' | 'not-decided' | undefined;
        readonly asset?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly asset: { readonly id: string; readonly kind: string; readonly name: string };
        readonly report: string;
        readonly createdAt: string;
        readonly verdict: {
          readonly outcome: 'denied' | 'warned' | 'allowed' | 'not-decided';
          readonly notDecided: readonly string[];
          readonly policies: readonly {
            readonly policy: string;
            readonly title: string;
            readonly severity: string;
            readonly objects: number;
            readonly failed: number;
          }[];
          readonly decisions: unknown;
        } | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** How many requirements of each standard hold, by what was looked at and what people say. Permission: compliance:read. */
  readonly listCompliance: {
    readonly request: {
      readonly search?: {
        /** Only what this team owns */ readonly team?: string | undefined /** Only this asset */;
        readonly asset?: string | undefined;
      };
    };
    readonly answer: {
      readonly assets: number;
      readonly assetsLookedAt: number;
      readonly frameworks: readonly {
        readonly id: string;
        readonly title: string;
        readonly publisher: string;
        readonly version: string;
        readonly references: readonly string[];
        readonly summary: {
          readonly requirements: number;
          readonly pass: number;
          readonly fail: number;
          readonly partial: number;
          readonly notAssessed: number;
          readonly manual: number;
          readonly notApplicable: number;
          readonly manualMet: number;
          readonly expired: number;
          readonly acceptedFindings: number;
        };
      }[];
    };
  };
  /** Each requirement of a standard: whether it holds, by which evidence, and what is not known. Permission: compliance:read. */
  readonly getCompliance: {
    readonly request: {
      readonly params: { readonly framework: string };
      readonly search?: {
        /** Only what this team owns */ readonly team?: string | undefined /** Only this asset */;
        readonly asset?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly title: string;
      readonly publisher: string;
      readonly version: string;
      readonly references: readonly string[];
      readonly summary: {
        readonly requirements: number;
        readonly pass: number;
        readonly fail: number;
        readonly partial: number;
        readonly notAssessed: number;
        readonly manual: number;
        readonly notApplicable: number;
        readonly manualMet: number;
        readonly expired: number;
        readonly acceptedFindings: number;
      };
      readonly assets: number;
      readonly assetsLookedAt: number;
      readonly assessedAt: string;
      readonly requirements: readonly {
        readonly clause: string;
        readonly title: string;
        readonly text: string;
        readonly section: string;
        readonly state: 'fail' | 'partial' | 'not-assessed' | 'manual' | 'pass' | 'not-applicable';
        readonly reason: string;
        readonly controls: readonly {
          readonly id: string;
          readonly relation: string;
          readonly source: string;
          readonly state: 'fail' | 'partial' | 'not-assessed' | 'manual' | 'pass' | 'not-applicable';
        }[];
        readonly counts: { readonly failing: number; readonly accepted: number; readonly passed: number };
        readonly missing: readonly {
          readonly why: string;
          readonly how: string;
          readonly source?: string | undefined;
        }[];
        readonly statement?: 'given' | 'missing' | 'expired' | undefined;
        readonly attestation?:
          | {
              readonly state: 'met' | 'not-met' | 'not-applicable';
              readonly statement: string;
              readonly by: string;
              readonly date: string;
              readonly expires: string;
              readonly evidence: readonly string[];
              readonly statedIn: string;
              readonly isExpired: boolean;
            }
          | undefined;
      }[];
      readonly controls: readonly {
        readonly id: string;
        readonly title: string;
        readonly family: string;
        readonly remedy: string;
        readonly state: 'fail' | 'partial' | 'not-assessed' | 'manual' | 'pass' | 'not-applicable';
        readonly parts: readonly {
          readonly by: string;
          readonly what: string;
          readonly answer: string;
          readonly failing: readonly {
            readonly key: string;
            readonly kind: string;
            readonly id: string;
            readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';
            readonly message: string;
            readonly place: string;
            readonly artifact: string;
            readonly filter: string;
          }[];
          readonly accepted: readonly {
            readonly key: string;
            readonly kind: string;
            readonly id: string;
            readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';
            readonly message: string;
            readonly place: string;
            readonly artifact: string;
            readonly filter: string;
          }[];
          readonly counts: { readonly failing: number; readonly accepted: number; readonly passed: number };
          readonly missing: readonly {
            readonly why: string;
            readonly how: string;
            readonly source?: string | undefined;
          }[];
        }[];
        readonly counts: { readonly failing: number; readonly accepted: number; readonly passed: number };
        readonly statement?: 'given' | 'missing' | 'expired' | undefined;
        readonly attestation?:
          | {
              readonly state: 'met' | 'not-met' | 'not-applicable';
              readonly statement: string;
              readonly by: string;
              readonly date: string;
              readonly expires: string;
              readonly evidence: readonly string[];
              readonly statedIn: string;
              readonly isExpired: boolean;
            }
          | undefined;
      }[];
      readonly problems: readonly { readonly code: string; readonly message: string }[];
    };
  };
  /** The assessment of a standard as a file: JSON, a page, OSCAL assessment results, or CSV. Permission: compliance:read. */
  readonly exportCompliance: {
    readonly request: {
      readonly params: { readonly framework: string };
      readonly search?: {
        /** Only what this team owns */ readonly team?: string | undefined /** Only this asset */;
        readonly asset?: string | undefined;
        readonly format?: 'html' | 'json' | 'oscal' | 'csv' | undefined;
      };
    };
    readonly answer: unknown;
  };
  /** What people say of controls and clauses, the newest first; expired and revoked ones too. Permission: compliance:read. */
  readonly listAttestations: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly team?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly control: string | null;
        readonly framework: string | null;
        readonly clause: string | null;
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly state: 'met' | 'not-met' | 'not-applicable';
        readonly statement: string;
        readonly evidence: readonly string[];
        readonly author: { readonly id: string; readonly name: string };
        readonly createdAt: string;
        readonly expiresAt: string;
        readonly revokedAt: string | null;
        readonly isExpired: boolean;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Says of a control, or of a clause of a standard, what no scan can tell; it holds for a year at most. Permission: compliance:attest. */
  readonly addAttestation: {
    readonly request: {
      readonly body: {
        readonly control?: string | undefined;
        readonly framework?: string | undefined;
        readonly clause?: string | undefined /** Null: about everything */;
        readonly team?: string | null | undefined;
        readonly state: 'met' | 'not-met' | 'not-applicable';
        readonly statement: string;
        readonly evidence?: readonly string[] | undefined;
        readonly expiresAt: string;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly control: string | null;
      readonly framework: string | null;
      readonly clause: string | null;
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly state: 'met' | 'not-met' | 'not-applicable';
      readonly statement: string;
      readonly evidence: readonly string[];
      readonly author: { readonly id: string; readonly name: string };
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly revokedAt: string | null;
      readonly isExpired: boolean;
    };
  };
  /** Takes back what was said; it stays in the list. Permission: compliance:attest. */
  readonly revokeAttestation: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly control: string | null;
      readonly framework: string | null;
      readonly clause: string | null;
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly state: 'met' | 'not-met' | 'not-applicable';
      readonly statement: string;
      readonly evidence: readonly string[];
      readonly author: { readonly id: string; readonly name: string };
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly revokedAt: string | null;
      readonly isExpired: boolean;
    };
  };
  /** Lessons, those first that your findings, or those of a team, call for most; what you have completed last. Permission: findings:read. */
  readonly listLessons: {
    readonly request: { readonly search?: { readonly team?: string | undefined } };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly title: string;
        readonly minutes: number;
        readonly cwe: readonly string[];
        readonly controls: readonly string[];
        readonly open: number;
        readonly recent: number;
        readonly before: number;
        readonly completedAt: string | null;
      }[];
    };
  };
  /** One lesson as Markdown, with the questions at its end. Permission: signed-in. */
  readonly getLesson: {
    readonly request: { readonly params: { readonly lesson: string } };
    readonly answer: {
      readonly id: string;
      readonly title: string;
      readonly minutes: number;
      readonly cwe: readonly string[];
      readonly controls: readonly string[];
      readonly kinds: readonly string[];
      readonly rules: readonly string[];
      readonly body: string;
      readonly quiz: readonly { readonly question: string; readonly answers: readonly string[] }[];
    };
  };
  /** Answers the questions of a lesson; with all of them right it is completed. Permission: signed-in. */
  readonly answerLesson: {
    readonly request: {
      readonly params: { readonly lesson: string };
      readonly body: {
        /** The number of each answer, from 0, in the order of the questions */ readonly answers: readonly number[];
      };
    };
    readonly answer: {
      readonly isCompleted: boolean;
      readonly results: readonly { readonly isRight: boolean; readonly right: number; readonly why: string }[];
    };
  };
  /** Of a team: how many have completed each lesson, and whether what it is about comes less often. Permission: metrics:read. */
  readonly getLessonCompletion: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly members: number;
      readonly lessons: readonly {
        readonly id: string;
        readonly title: string;
        readonly completed: number;
        readonly firstAt: string | null;
        readonly open: number;
        readonly recent: number;
        readonly before: number;
      }[];
    };
  };
  /** The numbers that a programme is steered by, as they are now, also by team, severity or kind. Permission: metrics:read. */
  readonly listMetrics: {
    readonly request: {
      readonly search?: {
        readonly team?: string | undefined;
        readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | undefined;
        readonly kind?: string | undefined /** Over so many days what happened is looked at */;
        readonly window?: number | undefined;
        readonly by?: 'team' | 'severity' | 'kind' | undefined;
      };
    };
    readonly answer: {
      readonly countedAt: string | null;
      readonly metrics: readonly {
        readonly id: string;
        readonly title: string;
        readonly unit: 'days' | 'share' | 'findings' | 'finding-days';
        readonly better: 'lower' | 'higher';
        readonly about: string;
        readonly of: 'findings' | 'assets';
        readonly filter: string | null;
        readonly value: number | null;
        readonly numerator: number;
        readonly denominator: number;
        readonly unknown: number;
        readonly details?: Readonly<Record<string, number | null>> | undefined;
        readonly groups: readonly {
          readonly group: string | null;
          readonly value: number | null;
          readonly numerator: number;
          readonly denominator: number;
          readonly unknown: number;
          readonly details?: Readonly<Record<string, number | null>> | undefined;
          readonly filter: string | null;
        }[];
      }[];
    };
  };
  /** One number day by day, each over the window that ends with the day, also by team, severity or kind. Permission: metrics:read. */
  readonly getMetricSeries: {
    readonly request: {
      readonly params: { readonly metric: string };
      readonly search?: {
        readonly team?: string | undefined;
        readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | undefined;
        readonly kind?: string | undefined /** Over so many days what happened is looked at */;
        readonly window?: number | undefined;
        readonly by?: 'team' | 'severity' | 'kind' | undefined;
        readonly days?: number | undefined;
      };
    };
    readonly answer: {
      readonly metric: {
        readonly id: string;
        readonly title: string;
        readonly unit: 'days' | 'share' | 'findings' | 'finding-days';
        readonly better: 'lower' | 'higher';
        readonly about: string;
        readonly of: 'findings' | 'assets';
        readonly filter: string | null;
      };
      readonly series: readonly {
        readonly group: string | null;
        readonly points: readonly {
          readonly day: string;
          readonly value: number | null;
          readonly numerator: number;
          readonly denominator: number;
          readonly unknown: number;
        }[];
      }[];
    };
  };
  /** What is to be reached by when, and how it stands; those of your teams, or all. Permission: metrics:read. */
  readonly listObjectives: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly title: string;
        readonly metric: string;
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | null;
        readonly kind: string | null;
        readonly baseline: number;
        readonly target: number;
        readonly startsOn: string;
        readonly endsOn: string;
        readonly owner: { readonly id: string; readonly name: string };
        readonly closedAt: string | null;
        readonly value: number | null;
        readonly expected: number;
        readonly progress: number | null;
        readonly state: 'on-track' | 'at-risk' | 'reached' | 'missed' | 'unknown';
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Says what is to be reached by when; without a baseline it is the value of now. Permission: objectives:write. */
  readonly addObjective: {
    readonly request: {
      readonly body: {
        readonly title: string;
        readonly metric:
          | 'mttd'
          | 'mtta'
          | 'mttr'
          | 'sla-kept'
          | 'backlog'
          | 'ageing'
          | 'recurrence'
          | 'exposure-days'
          | 'exception-debt'
          | 'noise'
          | 'coverage-scanned'
          | 'coverage-sbom'
          | 'coverage-signed'
          | 'coverage-agent';
        readonly team?: string | null | undefined;
        readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | null | undefined;
        readonly kind?: string | null | undefined;
        readonly baseline?: number | undefined;
        readonly target: number;
        readonly endsOn: string /** An account; you when it is not given */;
        readonly owner?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly title: string;
      readonly metric: string;
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | null;
      readonly kind: string | null;
      readonly baseline: number;
      readonly target: number;
      readonly startsOn: string;
      readonly endsOn: string;
      readonly owner: { readonly id: string; readonly name: string };
      readonly closedAt: string | null;
      readonly value: number | null;
      readonly expected: number;
      readonly progress: number | null;
      readonly state: 'on-track' | 'at-risk' | 'reached' | 'missed' | 'unknown';
    };
  };
  /** One objective with its weekly check-ins, the newest first. Permission: metrics:read. */
  readonly getObjective: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly title: string;
      readonly metric: string;
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | null;
      readonly kind: string | null;
      readonly baseline: number;
      readonly target: number;
      readonly startsOn: string;
      readonly endsOn: string;
      readonly owner: { readonly id: string; readonly name: string };
      readonly closedAt: string | null;
      readonly value: number | null;
      readonly expected: number;
      readonly progress: number | null;
      readonly state: 'on-track' | 'at-risk' | 'reached' | 'missed' | 'unknown';
      readonly checkIns: readonly {
        readonly day: string;
        readonly value: number | null;
        readonly expected: number;
        readonly state: 'on-track' | 'at-risk' | 'reached' | 'missed' | 'unknown';
      }[];
    };
  };
  /** Changes title, target, date or owner of an objective, or closes it. Permission: objectives:write. */
  readonly changeObjective: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly title?: string | undefined;
        readonly target?: number | undefined;
        readonly endsOn?: string | undefined /** An account; you when it is not given */;
        readonly owner?: string | undefined;
        readonly isClosed?: boolean | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly title: string;
      readonly metric: string;
      readonly team: { readonly id: string; readonly name: string } | null;
      readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | null;
      readonly kind: string | null;
      readonly baseline: number;
      readonly target: number;
      readonly startsOn: string;
      readonly endsOn: string;
      readonly owner: { readonly id: string; readonly name: string };
      readonly closedAt: string | null;
      readonly value: number | null;
      readonly expected: number;
      readonly progress: number | null;
      readonly state: 'on-track' | 'at-risk' | 'reached' | 'missed' | 'unknown';
    };
  };
  /** Removes an objective with its check-ins. Permission: objectives:write. */
  readonly removeObjective: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Campaigns of your teams, or all; those that end first come first. Permission: metrics:read. */
  readonly listCampaigns: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly name: string;
        readonly about: string;
        readonly filter: string;
        readonly teams: readonly { readonly id: string; readonly name: string }[];
        readonly account: string;
        readonly accountName: string;
        readonly createdAt: string;
        readonly endsAt: string;
        readonly closedAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Asks teams to be rid of what a filter finds by a date; they are told of it. Permission: objectives:write. */
  readonly addCampaign: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly about?: string | undefined;
        readonly filter: string /** None: everybody */;
        readonly teams?: readonly string[] | undefined;
        readonly endsAt: string;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly about: string;
      readonly filter: string;
      readonly teams: readonly { readonly id: string; readonly name: string }[];
      readonly account: string;
      readonly accountName: string;
      readonly createdAt: string;
      readonly endsAt: string;
      readonly closedAt: string | null;
      readonly progress: readonly {
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly findings: number;
        readonly fixed: number;
        readonly decided: number;
        readonly open: number;
      }[];
      readonly burnDown: readonly { readonly day: string; readonly findings: number; readonly open: number }[];
    };
  };
  /** One campaign: how far each team is, and how many findings were open on each day, of what you may see. Permission: metrics:read. */
  readonly getCampaign: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly about: string;
      readonly filter: string;
      readonly teams: readonly { readonly id: string; readonly name: string }[];
      readonly account: string;
      readonly accountName: string;
      readonly createdAt: string;
      readonly endsAt: string;
      readonly closedAt: string | null;
      readonly progress: readonly {
        readonly team: { readonly id: string; readonly name: string } | null;
        readonly findings: number;
        readonly fixed: number;
        readonly decided: number;
        readonly open: number;
      }[];
      readonly burnDown: readonly { readonly day: string; readonly findings: number; readonly open: number }[];
    };
  };
  /** Ends a campaign before its date; what it was about stays as it is. Permission: objectives:write. */
  readonly closeCampaign: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly about: string;
      readonly filter: string;
      readonly teams: readonly { readonly id: string; readonly name: string }[];
      readonly account: string;
      readonly accountName: string;
      readonly createdAt: string;
      readonly endsAt: string;
      readonly closedAt: string | null;
    };
  };
  /** The kinds of channels, with a JSON Schema of their settings. Permission: notifications:write. */
  readonly listChannelKinds: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly title: string;
        readonly secrets: readonly string[];
        readonly settings: Readonly<Record<string, unknown>>;
      }[];
    };
  };
  /** The channels of your teams, or all if you have a say everywhere. Permission: notifications:write. */
  readonly listChannels: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly name: string;
        readonly team: string | null;
        readonly enabled: boolean;
        readonly settings: Readonly<Record<string, unknown>>;
        readonly secrets: readonly string[];
        readonly createdAt: string;
        readonly updatedAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Adds a way to tell somebody, for a team or for everybody; its secrets are never shown again. Permission: notifications:write. */
  readonly addChannel: {
    readonly request: {
      readonly body: {
        readonly kind: string;
        readonly name: string;
        readonly team?: string | null | undefined;
        readonly enabled?: boolean | undefined;
        readonly settings: Readonly<Record<string, unknown>>;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** A channel without its secrets. Permission: notifications:write. */
  readonly getChannel: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** Changes a channel; secret settings that are not given stay as they are. Permission: notifications:write. */
  readonly changeChannel: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name?: string | undefined;
        readonly enabled?: boolean | undefined;
        readonly settings?: Readonly<Record<string, unknown>> | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** Removes a channel with its rules and deliveries. Permission: notifications:write. */
  readonly removeChannel: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Sends a message through the channel now and says what came of it. Permission: notifications:write. */
  readonly testChannel: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: { readonly outcome: 'delivered' | 'failed' | 'rejected'; readonly error?: string | undefined };
  };
  /** What goes to which channel, and when. Permission: notifications:write. */
  readonly listNotificationRules: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly team: string | null;
        readonly name: string;
        readonly channel: string;
        readonly enabled: boolean;
        readonly filter: {
          readonly events: readonly (
            | 'finding.opened'
            | 'finding.reopened'
            | 'finding.fixed'
            | 'finding.decided'
            | 'finding.assigned'
            | 'finding.commented'
            | 'finding.due-soon'
            | 'finding.overdue'
            | 'exception.requested'
            | 'exception.approved'
            | 'exception.rejected'
            | 'exception.revoked'
            | 'exception.renewed'
            | 'exception.expiring'
            | 'exception.expired'
            | 'campaign.started'
            | 'campaign.due-soon'
            | 'campaign.finished'
            | 'objective.at-risk'
            | 'objective.missed'
            | 'agent.silent'
            | 'channel.test'
          )[];
          readonly severities: readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[];
          readonly findingKinds: readonly string[];
        };
        readonly grouping: 'finding' | 'asset' | 'advisory' | 'team' | 'everything';
        readonly schedule:
          | { readonly kind: 'instant' }
          | { readonly kind: 'hourly' }
          | { readonly kind: 'daily'; readonly at: string };
        readonly quietHours: { readonly from: string; readonly to: string } | null;
        readonly timeZone: string;
        readonly createdAt: string;
        readonly updatedAt: string;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Adds a rule: which events go to which channel, together with which, and when; of a team it sees what the team owns. Permission: notifications:write. */
  readonly addNotificationRule: {
    readonly request: {
      readonly body: {
        readonly name: string;
        readonly channel: string;
        readonly enabled?: boolean | undefined;
        readonly filter?:
          | {
              readonly events?:
                | readonly (
                    | 'finding.opened'
                    | 'finding.reopened'
                    | 'finding.fixed'
                    | 'finding.decided'
                    | 'finding.assigned'
                    | 'finding.commented'
                    | 'finding.due-soon'
                    | 'finding.overdue'
                    | 'exception.requested'
                    | 'exception.approved'
                    | 'exception.rejected'
                    | 'exception.revoked'
                    | 'exception.renewed'
                    | 'exception.expiring'
                    | 'exception.expired'
                    | 'campaign.started'
                    | 'campaign.due-soon'
                    | 'campaign.finished'
                    | 'objective.at-risk'
                    | 'objective.missed'
                    | 'agent.silent'
                    | 'channel.test'
                  )[]
                | undefined;
              readonly severities?:
                | readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[]
                | undefined;
              readonly findingKinds?: readonly string[] | undefined;
            }
          | undefined /** What becomes one message. The first report of an image opens hundreds of findings: finding tells each of them */;
        readonly grouping?: 'finding' | 'asset' | 'advisory' | 'team' | 'everything' | undefined;
        readonly schedule?:
          | { readonly kind: 'instant' }
          | { readonly kind: 'hourly' }
          | { readonly kind: 'daily'; readonly at: string }
          | undefined;
        readonly quietHours?: { readonly from: string; readonly to: string } | null | undefined;
        readonly timeZone?: string | undefined;
        readonly team?: string | null | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly team: string | null;
      readonly name: string;
      readonly channel: string;
      readonly enabled: boolean;
      readonly filter: {
        readonly events: readonly (
          | 'finding.opened'
          | 'finding.reopened'
          | 'finding.fixed'
          | 'finding.decided'
          | 'finding.assigned'
          | 'finding.commented'
          | 'finding.due-soon'
          | 'finding.overdue'
          | 'exception.requested'
          | 'exception.approved'
          | 'exception.rejected'
          | 'exception.revoked'
          | 'exception.renewed'
          | 'exception.expiring'
          | 'exception.expired'
          | 'campaign.started'
          | 'campaign.due-soon'
          | 'campaign.finished'
          | 'objective.at-risk'
          | 'objective.missed'
          | 'agent.silent'
          | 'channel.test'
        )[];
        readonly severities: readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[];
        readonly findingKinds: readonly string[];
      };
      readonly grouping: 'finding' | 'asset' | 'advisory' | 'team' | 'everything';
      readonly schedule:
        | { readonly kind: 'instant' }
        | { readonly kind: 'hourly' }
        | { readonly kind: 'daily'; readonly at: string };
      readonly quietHours: { readonly from: string; readonly to: string } | null;
      readonly timeZone: string;
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** A rule of what goes to which channel. Permission: notifications:write. */
  readonly getNotificationRule: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly team: string | null;
      readonly name: string;
      readonly channel: string;
      readonly enabled: boolean;
      readonly filter: {
        readonly events: readonly (
          | 'finding.opened'
          | 'finding.reopened'
          | 'finding.fixed'
          | 'finding.decided'
          | 'finding.assigned'
          | 'finding.commented'
          | 'finding.due-soon'
          | 'finding.overdue'
          | 'exception.requested'
          | 'exception.approved'
          | 'exception.rejected'
          | 'exception.revoked'
          | 'exception.renewed'
          | 'exception.expiring'
          | 'exception.expired'
          | 'campaign.started'
          | 'campaign.due-soon'
          | 'campaign.finished'
          | 'objective.at-risk'
          | 'objective.missed'
          | 'agent.silent'
          | 'channel.test'
        )[];
        readonly severities: readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[];
        readonly findingKinds: readonly string[];
      };
      readonly grouping: 'finding' | 'asset' | 'advisory' | 'team' | 'everything';
      readonly schedule:
        | { readonly kind: 'instant' }
        | { readonly kind: 'hourly' }
        | { readonly kind: 'daily'; readonly at: string };
      readonly quietHours: { readonly from: string; readonly to: string } | null;
      readonly timeZone: string;
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** Changes a rule; what is not given stays. Permission: notifications:write. */
  readonly changeNotificationRule: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name?: string | undefined;
        readonly channel?: string | undefined;
        readonly enabled?: boolean | undefined;
        readonly filter?:
          | {
              readonly events?:
                | readonly (
                    | 'finding.opened'
                    | 'finding.reopened'
                    | 'finding.fixed'
                    | 'finding.decided'
                    | 'finding.assigned'
                    | 'finding.commented'
                    | 'finding.due-soon'
                    | 'finding.overdue'
                    | 'exception.requested'
                    | 'exception.approved'
                    | 'exception.rejected'
                    | 'exception.revoked'
                    | 'exception.renewed'
                    | 'exception.expiring'
                    | 'exception.expired'
                    | 'campaign.started'
                    | 'campaign.due-soon'
                    | 'campaign.finished'
                    | 'objective.at-risk'
                    | 'objective.missed'
                    | 'agent.silent'
                    | 'channel.test'
                  )[]
                | undefined;
              readonly severities?:
                | readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[]
                | undefined;
              readonly findingKinds?: readonly string[] | undefined;
            }
          | undefined;
        readonly grouping?: 'finding' | 'asset' | 'advisory' | 'team' | 'everything' | undefined;
        readonly schedule?:
          | { readonly kind: 'instant' }
          | { readonly kind: 'hourly' }
          | { readonly kind: 'daily'; readonly at: string }
          | undefined;
        readonly quietHours?: { readonly from: string; readonly to: string } | null | undefined;
        readonly timeZone?: string | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly team: string | null;
      readonly name: string;
      readonly channel: string;
      readonly enabled: boolean;
      readonly filter: {
        readonly events: readonly (
          | 'finding.opened'
          | 'finding.reopened'
          | 'finding.fixed'
          | 'finding.decided'
          | 'finding.assigned'
          | 'finding.commented'
          | 'finding.due-soon'
          | 'finding.overdue'
          | 'exception.requested'
          | 'exception.approved'
          | 'exception.rejected'
          | 'exception.revoked'
          | 'exception.renewed'
          | 'exception.expiring'
          | 'exception.expired'
          | 'campaign.started'
          | 'campaign.due-soon'
          | 'campaign.finished'
          | 'objective.at-risk'
          | 'objective.missed'
          | 'agent.silent'
          | 'channel.test'
        )[];
        readonly severities: readonly ('critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown')[];
        readonly findingKinds: readonly string[];
      };
      readonly grouping: 'finding' | 'asset' | 'advisory' | 'team' | 'everything';
      readonly schedule:
        | { readonly kind: 'instant' }
        | { readonly kind: 'hourly' }
        | { readonly kind: 'daily'; readonly at: string };
      readonly quietHours: { readonly from: string; readonly to: string } | null;
      readonly timeZone: string;
      readonly createdAt: string;
      readonly updatedAt: string;
    };
  };
  /** Removes a rule; what it gathered is still sent. Permission: notifications:write. */
  readonly removeNotificationRule: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** What was sent, is to be sent or was given up, the newest first. Permission: notifications:write. */
  readonly listDeliveries: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly state?: 'gathering' | 'waiting' | 'delivered' | 'dead' | undefined;
        readonly channel?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly channel: string;
        readonly rule: string | null;
        readonly team: string | null;
        readonly thread: string;
        readonly state: 'gathering' | 'waiting' | 'delivered' | 'dead';
        readonly runAt: string;
        readonly attempts: number;
        readonly error: string | null;
        readonly createdAt: string;
        readonly finishedAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** A delivery with its events and attempts. Permission: notifications:write. */
  readonly getDelivery: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly channel: string;
      readonly rule: string | null;
      readonly team: string | null;
      readonly thread: string;
      readonly state: 'gathering' | 'waiting' | 'delivered' | 'dead';
      readonly runAt: string;
      readonly attempts: number;
      readonly error: string | null;
      readonly createdAt: string;
      readonly finishedAt: string | null;
      readonly events: readonly {
        readonly id: string;
        readonly kind:
          | 'finding.opened'
          | 'finding.reopened'
          | 'finding.fixed'
          | 'finding.decided'
          | 'finding.assigned'
          | 'finding.commented'
          | 'finding.due-soon'
          | 'finding.overdue'
          | 'exception.requested'
          | 'exception.approved'
          | 'exception.rejected'
          | 'exception.revoked'
          | 'exception.renewed'
          | 'exception.expiring'
          | 'exception.expired'
          | 'campaign.started'
          | 'campaign.due-soon'
          | 'campaign.finished'
          | 'objective.at-risk'
          | 'objective.missed'
          | 'agent.silent'
          | 'channel.test';
        readonly at: string;
        readonly subject: { readonly kind: string; readonly id: string };
        readonly title: string;
      }[];
      readonly eventCount: number;
      readonly attemptLog: readonly { readonly at: string; readonly outcome: string; readonly error: string | null }[];
    };
  };
  /** Sends one again that was given up or delivered. Permission: notifications:write. */
  readonly replayDelivery: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly channel: string;
      readonly rule: string | null;
      readonly team: string | null;
      readonly thread: string;
      readonly state: 'gathering' | 'waiting' | 'delivered' | 'dead';
      readonly runAt: string;
      readonly attempts: number;
      readonly error: string | null;
      readonly createdAt: string;
      readonly finishedAt: string | null;
    };
  };
  /** The kinds of trackers, with a JSON Schema of their settings. Permission: notifications:write. */
  readonly listTrackerKinds: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly title: string;
        readonly secrets: readonly string[];
        readonly settings: Readonly<Record<string, unknown>>;
      }[];
    };
  };
  /** The trackers of your teams, or all if you have a say everywhere. Permission: notifications:write. */
  readonly listTrackers: {
    readonly request: {
      readonly search?: { readonly limit?: number | undefined; readonly cursor?: string | undefined };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly name: string;
        readonly team: string | null;
        readonly enabled: boolean;
        readonly settings: Readonly<Record<string, unknown>>;
        readonly secrets: readonly string[];
        readonly polledAt: string;
        readonly error: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Adds a place for tickets, for the findings of a team or of everybody; its secrets are never shown again. Permission: notifications:write. */
  readonly addTracker: {
    readonly request: {
      readonly body: {
        readonly kind: string;
        readonly name: string;
        readonly team?: string | null | undefined;
        readonly enabled?: boolean | undefined;
        readonly settings: Readonly<Record<string, unknown>>;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly polledAt: string;
      readonly error: string | null;
    };
  };
  /** A tracker without its secrets. Permission: notifications:write. */
  readonly getTracker: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly polledAt: string;
      readonly error: string | null;
    };
  };
  /** Changes a tracker; secret settings that are not given stay as they are. Permission: notifications:write. */
  readonly changeTracker: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: {
        readonly name?: string | undefined;
        readonly enabled?: boolean | undefined;
        readonly settings?: Readonly<Record<string, unknown>> | undefined;
      };
    };
    readonly answer: {
      readonly id: string;
      readonly kind: string;
      readonly name: string;
      readonly team: string | null;
      readonly enabled: boolean;
      readonly settings: Readonly<Record<string, unknown>>;
      readonly secrets: readonly string[];
      readonly polledAt: string;
      readonly error: string | null;
    };
  };
  /** Removes a tracker; its tickets stay there and are forgotten here. Permission: notifications:write. */
  readonly removeTracker: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: undefined;
  };
  /** Where you can have tickets of findings made. Permission: findings:triage. */
  readonly listUsableTrackers: {
    readonly request: undefined;
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly kind: string;
        readonly name: string;
        readonly team: string | null;
      }[];
    };
  };
  /** Where a tracker says that a ticket has changed; signed with the webhookSecret of its settings, and then asked about it. Permission: anyone. */
  readonly receiveTrackerWebhook: {
    readonly request: {
      readonly params: { readonly id: string };
      readonly body: Blob | Uint8Array<ArrayBuffer> | string;
    };
    readonly answer: { readonly isTaken: boolean };
  };
  /** Tickets of the findings that you may see, or of one finding. Permission: findings:read. */
  readonly listTickets: {
    readonly request: {
      readonly search?: {
        readonly limit?: number | undefined;
        readonly cursor?: string | undefined;
        readonly finding?: string | undefined;
      };
    };
    readonly answer: {
      readonly items: readonly {
        readonly id: string;
        readonly tracker: string;
        readonly finding: string;
        readonly key: string | null;
        readonly url: string | null;
        readonly status: string;
        readonly state: 'open' | 'in-progress' | 'closed';
        readonly error: string | null;
        readonly createdAt: string;
        readonly syncedAt: string | null;
      }[];
      readonly next?: string | undefined;
    };
  };
  /** Has a ticket of a finding made; the one that is there already is given back. Permission: findings:triage. */
  readonly addTicket: {
    readonly request: { readonly body: { readonly finding: string; readonly tracker: string } };
    readonly answer: {
      readonly id: string;
      readonly tracker: string;
      readonly finding: string;
      readonly key: string | null;
      readonly url: string | null;
      readonly status: string;
      readonly state: 'open' | 'in-progress' | 'closed';
      readonly error: string | null;
      readonly createdAt: string;
      readonly syncedAt: string | null;
    };
  };
  /** A ticket, and where it and its finding disagreed. Permission: findings:read. */
  readonly getTicket: {
    readonly request: { readonly params: { readonly id: string } };
    readonly answer: {
      readonly id: string;
      readonly tracker: string;
      readonly finding: string;
      readonly key: string | null;
      readonly url: string | null;
      readonly status: string;
      readonly state: 'open' | 'in-progress' | 'closed';
      readonly error: string | null;
      readonly createdAt: string;
      readonly syncedAt: string | null;
      readonly conflicts: readonly { readonly at: string; readonly description: string }[];
    };
  };
  /** The OpenAPI 3.1 document of this interface. Permission: signed-in. */
  readonly getOpenApi: {
    readonly request: undefined;
    readonly answer: Readonly<Record<string, unknown>>;
  };
}

/** Method and path of each. */
export const operations: { readonly [Id in keyof Operations]: readonly [method: string, path: string] } = {
  getLiveness: ['GET', '/health/live'],
  getReadiness: ['GET', '/health/ready'],
  watchLive: ['GET', '/api/v1/live'],
  getPrometheusMetrics: ['GET', '/metrics'],
  getSystem: ['GET', '/api/v1/system'],
  signIn: ['POST', '/api/v1/session'],
  getSession: ['GET', '/api/v1/session'],
  signOut: ['DELETE', '/api/v1/session'],
  useSignInLink: ['POST', '/api/v1/session/link'],
  listSessions: ['GET', '/api/v1/sessions'],
  endSession: ['DELETE', '/api/v1/sessions/{id}'],
  listPasskeys: ['GET', '/api/v1/me/passkeys'],
  addPasskey: ['POST', '/api/v1/me/passkeys'],
  askForPasskey: ['POST', '/api/v1/me/passkeys/options'],
  renamePasskey: ['PATCH', '/api/v1/me/passkeys/{id}'],
  removePasskey: ['DELETE', '/api/v1/me/passkeys/{id}'],
  beginPasskeySignIn: ['POST', '/api/v1/session/passkey/options'],
  signInWithPasskey: ['POST', '/api/v1/session/passkey'],
  listSignInProviders: ['GET', '/api/v1/session/providers'],
  beginProviderSignIn: ['POST', '/api/v1/session/providers/{id}'],
  finishProviderSignIn: ['GET', '/api/v1/session/oidc/callback'],
  listIdentityProviders: ['GET', '/api/v1/identity-providers'],
  addIdentityProvider: ['POST', '/api/v1/identity-providers'],
  changeIdentityProvider: ['PUT', '/api/v1/identity-providers/{id}'],
  removeIdentityProvider: ['DELETE', '/api/v1/identity-providers/{id}'],
  getMe: ['GET', '/api/v1/me'],
  changePassword: ['PUT', '/api/v1/me/password'],
  proposeSecondFactor: ['POST', '/api/v1/me/second-factor'],
  confirmSecondFactor: ['POST', '/api/v1/me/second-factor/confirmation'],
  removeSecondFactor: ['POST', '/api/v1/me/second-factor/removal'],
  renewRecoveryCodes: ['POST', '/api/v1/me/recovery-codes'],
  listAccounts: ['GET', '/api/v1/accounts'],
  addAccount: ['POST', '/api/v1/accounts'],
  getAccount: ['GET', '/api/v1/accounts/{id}'],
  changeAccount: ['PATCH', '/api/v1/accounts/{id}'],
  removeAccount: ['DELETE', '/api/v1/accounts/{id}'],
  makeSignInLink: ['POST', '/api/v1/accounts/{id}/link'],
  listTrustRules: ['GET', '/api/v1/trust-rules'],
  addTrustRule: ['POST', '/api/v1/trust-rules'],
  removeTrustRule: ['DELETE', '/api/v1/trust-rules/{id}'],
  listTeams: ['GET', '/api/v1/teams'],
  addTeam: ['POST', '/api/v1/teams'],
  renameTeam: ['PATCH', '/api/v1/teams/{id}'],
  removeTeam: ['DELETE', '/api/v1/teams/{id}'],
  listMembers: ['GET', '/api/v1/teams/{id}/members'],
  addMember: ['PUT', '/api/v1/teams/{id}/members/{account}'],
  removeMember: ['DELETE', '/api/v1/teams/{id}/members/{account}'],
  listGrants: ['GET', '/api/v1/grants'],
  addGrant: ['POST', '/api/v1/grants'],
  removeGrant: ['DELETE', '/api/v1/grants/{id}'],
  listTokens: ['GET', '/api/v1/tokens'],
  addToken: ['POST', '/api/v1/tokens'],
  revokeToken: ['DELETE', '/api/v1/tokens/{id}'],
  listAuditEntries: ['GET', '/api/v1/audit'],
  verifyAudit: ['GET', '/api/v1/audit/verification'],
  listFindings: ['GET', '/api/v1/findings'],
  countFindings: ['GET', '/api/v1/findings/count'],
  listFindingFacets: ['GET', '/api/v1/findings/facets'],
  getFindingLanguage: ['GET', '/api/v1/findings/language'],
  exportFindings: ['GET', '/api/v1/findings/export'],
  changeFindings: ['POST', '/api/v1/findings/bulk'],
  getFinding: ['GET', '/api/v1/findings/{id}'],
  changeFinding: ['PATCH', '/api/v1/findings/{id}'],
  listFindingEvents: ['GET', '/api/v1/findings/{id}/events'],
  addFindingComment: ['POST', '/api/v1/findings/{id}/comments'],
  previewException: ['POST', '/api/v1/exceptions/preview'],
  requestException: ['POST', '/api/v1/exceptions'],
  listExceptions: ['GET', '/api/v1/exceptions'],
  renewException: ['POST', '/api/v1/exceptions/{id}/renewals'],
  exportExceptions: ['GET', '/api/v1/exceptions/export'],
  getException: ['GET', '/api/v1/exceptions/{id}'],
  listExceptionEvents: ['GET', '/api/v1/exceptions/{id}/events'],
  addExceptionComment: ['POST', '/api/v1/exceptions/{id}/comments'],
  getExceptionPolicy: ['GET', '/api/v1/exception-policy'],
  setExceptionPolicy: ['PUT', '/api/v1/exception-policy'],
  submitException: ['POST', '/api/v1/exceptions/{id}/request'],
  approveException: ['POST', '/api/v1/exceptions/{id}/approve'],
  rejectException: ['POST', '/api/v1/exceptions/{id}/reject'],
  revokeException: ['POST', '/api/v1/exceptions/{id}/revoke'],
  listViews: ['GET', '/api/v1/views'],
  addView: ['POST', '/api/v1/views'],
  getView: ['GET', '/api/v1/views/{id}'],
  setView: ['PUT', '/api/v1/views/{id}'],
  removeView: ['DELETE', '/api/v1/views/{id}'],
  uploadReport: ['POST', '/api/v1/reports'],
  listAssets: ['GET', '/api/v1/assets'],
  getAsset: ['GET', '/api/v1/assets/{id}'],
  changeAsset: ['PATCH', '/api/v1/assets/{id}'],
  listArtifacts: ['GET', '/api/v1/assets/{id}/artifacts'],
  listArtifactPackages: ['GET', '/api/v1/artifacts/{id}/packages'],
  listImages: ['GET', '/api/v1/images'],
  getImage: ['GET', '/api/v1/images/{id}'],
  listLayers: ['GET', '/api/v1/images/{id}/layers'],
  listImageFindings: ['GET', '/api/v1/images/{id}/findings'],
  listTags: ['GET', '/api/v1/assets/{id}/tags'],
  listHosts: ['GET', '/api/v1/hosts'],
  getHost: ['GET', '/api/v1/hosts/{id}'],
  listListeners: ['GET', '/api/v1/hosts/{id}/listeners'],
  listClusters: ['GET', '/api/v1/clusters'],
  listNamespaces: ['GET', '/api/v1/clusters/{id}/namespaces'],
  listWorkloads: ['GET', '/api/v1/workloads'],
  getWorkload: ['GET', '/api/v1/workloads/{id}'],
  listContainers: ['GET', '/api/v1/containers'],
  countInventory: ['GET', '/api/v1/inventory/counts'],
  tellHost: ['POST', '/api/v1/inventories/hosts'],
  tellCluster: ['POST', '/api/v1/inventories/clusters'],
  listRegistries: ['GET', '/api/v1/registries'],
  addRegistry: ['POST', '/api/v1/registries'],
  changeRegistry: ['PATCH', '/api/v1/registries/{id}'],
  removeRegistry: ['DELETE', '/api/v1/registries/{id}'],
  pollRegistry: ['POST', '/api/v1/registries/{id}/poll'],
  listRegistryImages: ['GET', '/api/v1/registries/{id}/images'],
  notifyRegistry: ['POST', '/api/v1/registries/{id}/notifications'],
  getAdvisories: ['GET', '/api/v1/advisories'],
  updateAdvisories: ['POST', '/api/v1/advisories/update'],
  findPackage: ['GET', '/api/v1/packages'],
  findPackageNames: ['GET', '/api/v1/packages/names'],
  getSla: ['GET', '/api/v1/sla'],
  replaceSla: ['PUT', '/api/v1/sla'],
  previewSla: ['POST', '/api/v1/sla/preview'],
  getOwnershipRules: ['GET', '/api/v1/ownership-rules'],
  replaceOwnershipRules: ['PUT', '/api/v1/ownership-rules'],
  previewOwnershipRules: ['POST', '/api/v1/ownership-rules/preview'],
  listPolicies: ['GET', '/api/v1/policies'],
  getPolicy: ['GET', '/api/v1/policies/{pack}/{name}'],
  uploadPolicy: ['PUT', '/api/v1/policies/own/{name}'],
  removePolicy: ['DELETE', '/api/v1/policies/own/{name}'],
  listPolicyBindings: ['GET', '/api/v1/policy-bindings'],
  addPolicyBinding: ['POST', '/api/v1/policy-bindings'],
  removePolicyBinding: ['DELETE', '/api/v1/policy-bindings/{id}'],
  getPolicyBundle: ['GET', '/api/v1/assets/{id}/policies'],
  listPolicyVerdicts: ['GET', '/api/v1/policy-verdicts'],
  listCompliance: ['GET', '/api/v1/compliance'],
  getCompliance: ['GET', '/api/v1/compliance/{framework}'],
  exportCompliance: ['GET', '/api/v1/compliance/{framework}/export'],
  listAttestations: ['GET', '/api/v1/attestations'],
  addAttestation: ['POST', '/api/v1/attestations'],
  revokeAttestation: ['POST', '/api/v1/attestations/{id}/revoke'],
  listLessons: ['GET', '/api/v1/lessons'],
  getLesson: ['GET', '/api/v1/lessons/{lesson}'],
  answerLesson: ['POST', '/api/v1/lessons/{lesson}/answers'],
  getLessonCompletion: ['GET', '/api/v1/teams/{id}/lessons'],
  listMetrics: ['GET', '/api/v1/metrics'],
  getMetricSeries: ['GET', '/api/v1/metrics/{metric}/series'],
  listObjectives: ['GET', '/api/v1/objectives'],
  addObjective: ['POST', '/api/v1/objectives'],
  getObjective: ['GET', '/api/v1/objectives/{id}'],
  changeObjective: ['PATCH', '/api/v1/objectives/{id}'],
  removeObjective: ['DELETE', '/api/v1/objectives/{id}'],
  listCampaigns: ['GET', '/api/v1/campaigns'],
  addCampaign: ['POST', '/api/v1/campaigns'],
  getCampaign: ['GET', '/api/v1/campaigns/{id}'],
  closeCampaign: ['POST', '/api/v1/campaigns/{id}/close'],
  listChannelKinds: ['GET', '/api/v1/channel-kinds'],
  listChannels: ['GET', '/api/v1/channels'],
  addChannel: ['POST', '/api/v1/channels'],
  getChannel: ['GET', '/api/v1/channels/{id}'],
  changeChannel: ['PATCH', '/api/v1/channels/{id}'],
  removeChannel: ['DELETE', '/api/v1/channels/{id}'],
  testChannel: ['POST', '/api/v1/channels/{id}/test'],
  listNotificationRules: ['GET', '/api/v1/notification-rules'],
  addNotificationRule: ['POST', '/api/v1/notification-rules'],
  getNotificationRule: ['GET', '/api/v1/notification-rules/{id}'],
  changeNotificationRule: ['PATCH', '/api/v1/notification-rules/{id}'],
  removeNotificationRule: ['DELETE', '/api/v1/notification-rules/{id}'],
  listDeliveries: ['GET', '/api/v1/deliveries'],
  getDelivery: ['GET', '/api/v1/deliveries/{id}'],
  replayDelivery: ['POST', '/api/v1/deliveries/{id}/replay'],
  listTrackerKinds: ['GET', '/api/v1/tracker-kinds'],
  listTrackers: ['GET', '/api/v1/trackers'],
  addTracker: ['POST', '/api/v1/trackers'],
  getTracker: ['GET', '/api/v1/trackers/{id}'],
  changeTracker: ['PATCH', '/api/v1/trackers/{id}'],
  removeTracker: ['DELETE', '/api/v1/trackers/{id}'],
  listUsableTrackers: ['GET', '/api/v1/usable-trackers'],
  receiveTrackerWebhook: ['POST', '/api/v1/webhooks/trackers/{id}'],
  listTickets: ['GET', '/api/v1/tickets'],
  addTicket: ['POST', '/api/v1/tickets'],
  getTicket: ['GET', '/api/v1/tickets/{id}'],
  getOpenApi: ['GET', '/api/v1/openapi.json'],
};
