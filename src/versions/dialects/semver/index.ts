import type { ConstraintDialect } from '../../constraint.ts';
import { parseSemverRange } from './parse.ts';

export const semverRange = {
  id: 'semver',
  title: 'Ranges over semantic versions, a comma or blank meaning "and"',
  references: [
    'https://semver.org/spec/v2.0.0.html',
    'https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html',
  ],
  maturity: 'incubating',
  parse: parseSemverRange,
} as const satisfies ConstraintDialect;
