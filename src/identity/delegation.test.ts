import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { covers, limited, mayGrant } from './delegation.ts';
import { type Permission, permissions } from './permission.ts';
import { assetKinds, type Grant, type Scope } from './principal.ts';

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({ kind: 'all' }),
  fc.record({ kind: fc.constant('team' as const), team: fc.constantFrom('a', 'b') }),
  fc.record({
    kind: fc.constant('assets' as const),
    asset: fc.constantFrom(...assetKinds.slice(0, 2)),
    prefix: fc.constantFrom('', 'r/', 'r/shop/', 'r/bank/', 'q/'),
  }),
);
const grant: fc.Arbitrary<Grant> = fc.record({
  permissions: fc.uniqueArray(fc.constantFrom(...permissions.slice(0, 4))).map((list) => new Set<Permission>(list)),
  scope,
});
const asset = fc.record({
  kind: fc.constantFrom(...assetKinds.slice(0, 2)),
  name: fc.constantFrom('r/shop/web', 'r/bank/api', 'q/tool', 'r/x'),
  team: fc.constantFrom('a', 'b', undefined),
});

function has(scope: Scope, { kind, name, team }: { kind: string; name: string; team: string | undefined }): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'team' ? scope.team === team : scope.asset === kind && name.startsWith(scope.prefix);
}

const can = (grants: readonly Grant[], permission: Permission, one: Parameters<typeof has>[1]) =>
  grants.some(({ permissions, scope }) => permissions.has(permission) && has(scope, one));

test('a scope that covers another has every asset of it', () => {
  fc.assert(
    fc.property(
      scope,
      scope,
      asset,
      (outer, inner, one) => !covers(outer, inner) || !has(inner, one) || has(outer, one),
    ),
  );
});

test('nobody can grant what they do not have', () => {
  fc.assert(
    fc.property(fc.array(grant), grant, asset, (grants, wanted, one) => {
      const giver = { account: 'x', name: 'x', kind: 'person' as const, grants };
      if (!mayGrant(giver, wanted)) return true;
      return [...wanted.permissions].every((permission) => !has(wanted.scope, one) || can(grants, permission, one));
    }),
  );
});

test('limits never add anything', () => {
  fc.assert(
    fc.property(fc.array(grant), grant, asset, (grants, limits, one) =>
      permissions
        .filter((permission) => can(limited(grants, limits), permission, one))
        .every((permission) => can(grants, permission, one) && can([limits], permission, one)),
    ),
  );
});

test('limits of everything and everywhere leave everything', () => {
  const grants: Grant[] = [{ permissions: new Set(['findings:read']), scope: { kind: 'team', team: 'a' } }];
  assert.deepEqual(limited(grants, { permissions: new Set(permissions), scope: { kind: 'all' } }), grants);
});
