import type { ConstraintDialect } from '../../constraint.ts';
import { parseGenericConstraint } from './parse.ts';

export const genericConstraint = {
  id: 'generic',
  title: 'Comparisons and ~> over dotted versions',
  references: ['https://github.com/hashicorp/go-version'],
  maturity: 'incubating',
  parse: parseGenericConstraint,
} as const satisfies ConstraintDialect;
