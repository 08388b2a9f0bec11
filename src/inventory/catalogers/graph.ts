import type { PackageScope } from '#model/index.ts';

/** What a project asks for by name, as ids of the lock file, by what it is needed for. */
export interface Roots {
  readonly runtime: Iterable<string>;
  readonly optional: Iterable<string>;
  readonly development: Iterable<string>;
}

/** What each package is needed for, by following dependencies from what is asked for; the strongest need wins. */
export function scopesFrom(roots: Roots, needs: (id: string) => Iterable<string>): Map<string, PackageScope> {
  const scopes = new Map<string, PackageScope>();
  for (const scope of ['runtime', 'optional', 'development'] as const) spread(roots[scope], scope, needs, scopes);
  return scopes;
}

function spread(
  from: Iterable<string>,
  scope: PackageScope,
  needs: (id: string) => Iterable<string>,
  scopes: Map<string, PackageScope>,
): void {
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (scopes.has(id)) continue;
    scopes.set(id, scope);
    for (const next of needs(id)) if (!scopes.has(next)) waiting.push(next);
  }
}
