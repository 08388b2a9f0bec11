import type { ConstraintDialect } from '../../constraint.ts';
import { parsePep440Specifiers } from './parse.ts';

export const pep440Specifiers = {
  id: 'pep440',
  title: 'Version specifiers of PEP 440: ~=1.2, ==1.*, !=1.3',
  references: ['https://packaging.python.org/en/latest/specifications/version-specifiers/'],
  maturity: 'stable',
  parse: parsePep440Specifiers,
} as const satisfies ConstraintDialect;
