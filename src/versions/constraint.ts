import type { Result } from '#foundation/index.ts';
import type { Unit } from '#model/index.ts';
import type { CompareOptions } from './version-scheme.ts';

/**
 * A set of versions, as advisories and manifests write it (`>= 1.2, < 2`, `^1.4`, `[1.0,2.0)`).
 * A version that cannot be read is an error: it is neither inside nor outside.
 */
export interface VersionConstraint {
  satisfies(version: string, options?: ConstraintOptions): Result<boolean>;
}

export interface ConstraintOptions extends CompareOptions {
  /**
   * Whether a pre-release counts as inside when its place in the order is. Resolvers of npm and semver leave it out unless
   * the constraint names a pre-release of the same version; for advisories it must be `true`. Absent means `false`.
   */
  readonly includePrerelease?: boolean;
}

/** Reads one way of writing constraints. Parsing and checking hold no state and never throw. */
export interface ConstraintDialect extends Unit {
  parse(text: string): Result<VersionConstraint>;
}
