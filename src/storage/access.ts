import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { Scope } from '#identity/index.ts';
import type { Tables } from './tables/index.ts';

/**
 * The one predicate of who may see what. Every list, count, export, metric, notification and live stream has it in its `where`, on the
 * table `asset`. No scope at all sees nothing.
 */
export function visibleAssets(scopes: readonly Scope[]): Expression<SqlBool> {
  const { lit, or } = expressionBuilder<Tables, 'asset'>();
  if (scopes.some(({ kind }) => kind === 'all')) return lit(true);
  return scopes.length === 0 ? lit(false) : or(scopes.map(inScope));
}

function inScope(scope: Scope): Expression<SqlBool> {
  const { and, eb, lit } = expressionBuilder<Tables, 'asset'>();
  switch (scope.kind) {
    case 'all':
      return lit(true);
    case 'team':
      return eb('asset.team_id', '=', scope.team);
    case 'assets':
      return and([
        eb('asset.kind', '=', scope.asset),
        eb(eb.fn('starts_with', ['asset.name', eb.val(scope.prefix)]), '=', true),
      ]);
  }
}
