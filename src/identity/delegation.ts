import type { Permission } from './permission.ts';
import { type Grant, type Principal, type Scope, scopesOf } from './principal.ts';

/** Whether everything in `inner` is certainly in `outer`. Who owns which asset changes, so teams and names never hold each other. */
export function covers(outer: Scope, inner: Scope): boolean {
  if (outer.kind === 'all') return true;
  if (outer.kind === 'team') return inner.kind === 'team' && inner.team === outer.team;
  return inner.kind === 'assets' && inner.asset === outer.asset && inner.prefix.startsWith(outer.prefix);
}

/** Whether somebody may pass on what they have: each permission of the grant, in a scope that is as wide. */
export function mayGrant(giver: Principal, { permissions, scope }: Grant): boolean {
  return [...permissions].every((permission) => scopesOf(giver, permission).some((own) => covers(own, scope)));
}

/** What is left of somebody's grants within limits: never more than either, also when the owner has lost something since. */
export function limited(grants: readonly Grant[], limits: Grant): readonly Grant[] {
  return grants.flatMap(({ permissions, scope }) => {
    const both = new Set([...permissions].filter((permission) => limits.permissions.has(permission)));
    const narrower = narrow(scope, limits.scope);
    return both.size > 0 && narrower ? [{ permissions: both, scope: narrower }] : [];
  });
}

function narrow(one: Scope, other: Scope): Scope | undefined {
  if (covers(one, other)) return other;
  return covers(other, one) ? one : undefined;
}

/** Whether somebody has a permission about everything: what is not about assets is for those alone. */
export function isUnlimited(principal: Principal, permission: Permission): boolean {
  return scopesOf(principal, permission).some(({ kind }) => kind === 'all');
}
