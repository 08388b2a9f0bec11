import type { ConstraintDialect } from '../../constraint.ts';
import { parseComposerConstraint } from './parse.ts';

export const composerConstraint = {
  id: 'packagist',
  title: 'Constraints of Composer: ^1.2, ~1.2, 1.2.*, 1.0 - 2.0',
  references: ['https://getcomposer.org/doc/articles/versions.md'],
  maturity: 'stable',
  parse: parseComposerConstraint,
} as const satisfies ConstraintDialect;
