import type { Permission } from './permission.ts';

/** Who asks, and what they may see and do: the outcome of authentication, of all grants together. */
export interface Principal {
  readonly account: string;
  /** For the audit log and the console. */
  readonly name: string;
  readonly kind: 'person' | 'machine';
  readonly grants: readonly Grant[];
  /** The session by which a person is signed in; absent for tokens. */
  readonly session?: string;
}

export interface Grant {
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** Which assets a grant is about. */
export type Scope =
  | { readonly kind: 'all' }
  /** Assets that the team owns. */
  | { readonly kind: 'team'; readonly team: string }
  /** Assets by kind and the beginning of their names: `repository`, `registry.example/shop/`. */
  | { readonly kind: 'assets'; readonly asset: AssetKind; readonly prefix: string };

/** The scopes in which somebody has a permission; none when they do not have it at all. */
export function scopesOf({ grants }: Principal, permission: Permission): readonly Scope[] {
  return grants.filter(({ permissions }) => permissions.has(permission)).map(({ scope }) => scope);
}

export const assetKinds = ['repository', 'host', 'project', 'workload'] as const;

/** What is scanned again and again. */
export type AssetKind = (typeof assetKinds)[number];
