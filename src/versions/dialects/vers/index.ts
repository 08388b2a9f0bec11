import type { ConstraintDialect } from '../../constraint.ts';
import { parseVers } from './parse.ts';

export const vers = {
  id: 'vers',
  title: 'Version Range Specifiers: vers:npm/>=1.0.0|<1.4.2',
  references: ['https://github.com/package-url/vers-spec'],
  maturity: 'incubating',
  parse: parseVers,
} as const satisfies ConstraintDialect;
