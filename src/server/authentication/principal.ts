import { type Grant, type Principal, permissionsOf } from '#identity/index.ts';
import { type GrantedRole, grantsOf, type Query } from '#storage/index.ts';

/** An account with all that it has at this moment. */
export async function principalOf(
  query: Query,
  { id, name, kind }: { readonly id: string; readonly name: string; readonly kind: 'person' | 'machine' },
): Promise<Principal> {
  return { account: id, name, kind, grants: (await grantsOf(query, id)).map(grantOf) };
}

export function grantOf({ role, scope }: Pick<GrantedRole, 'role' | 'scope'>): Grant {
  return { permissions: permissionsOf(role), scope };
}
