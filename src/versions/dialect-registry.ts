import { err, type Result } from '#foundation/index.ts';
import type { ConstraintDialect, VersionConstraint } from './constraint.ts';
import { apkConstraint } from './dialects/apk/index.ts';
import { gemRequirement } from './dialects/gem/index.ts';
import { genericConstraint } from './dialects/generic/index.ts';
import { kbList } from './dialects/kb/index.ts';
import { mavenRange } from './dialects/maven/index.ts';
import { npmRange } from './dialects/npm/index.ts';
import { composerConstraint } from './dialects/packagist/index.ts';
import { pep440Specifiers } from './dialects/pep440/index.ts';
import { semverRange } from './dialects/semver/index.ts';
import { vers } from './dialects/vers/index.ts';
import { quoted } from './ordering.ts';
import { parseRange } from './range.ts';
import { versionScheme } from './registry.ts';

/** Every dialect that is an ecosystem's own; adding one is a folder under `dialects/` and a line here. */
export const constraintDialects = [
  apkConstraint,
  gemRequirement,
  genericConstraint,
  kbList,
  mavenRange,
  npmRange,
  composerConstraint,
  pep440Specifiers,
  semverRange,
  vers,
] as const satisfies readonly ConstraintDialect[];

const dialectsById: ReadonlyMap<string, ConstraintDialect> = new Map(
  constraintDialects.map((dialect) => [dialect.id, dialect]),
);

const rangePrefix = 'range:';

/**
 * Reads a constraint. The dialect is the id of one of `constraintDialects` (`npm`, `pep440`, ...), or `range:` and the id of a
 * version scheme for plain operators over that scheme, as advisories write them: a comma or blank means "and", `||` "or".
 *
 * @example parseConstraint('< 1.2 || >= 2.0, < 2.3', 'range:deb')
 */
export function parseConstraint(text: string, dialect: string): Result<VersionConstraint> {
  const known = dialectsById.get(dialect);
  if (known) return known.parse(text);
  const scheme = dialect.startsWith(rangePrefix) ? versionScheme(dialect.slice(rangePrefix.length)) : undefined;
  return scheme ? parseRange(text, scheme) : err(`${quoted(dialect)} is no known way to write constraints`);
}
