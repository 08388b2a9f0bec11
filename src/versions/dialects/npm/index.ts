import type { ConstraintDialect } from '../../constraint.ts';
import { parseNpmRange } from './parse.ts';

export const npmRange = {
  id: 'npm',
  title: 'Ranges of npm: ^1.2, ~1.2, 1.x, 1.0 - 2.0, ||',
  references: ['https://github.com/npm/node-semver#ranges'],
  maturity: 'stable',
  parse: parseNpmRange,
} as const satisfies ConstraintDialect;
