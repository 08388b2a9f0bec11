import type { ConstraintDialect } from '../../constraint.ts';
import { parseKbList } from './parse.ts';

export const kbList = {
  id: 'kb',
  title: 'Numbers of Microsoft updates',
  references: [
    'https://learn.microsoft.com/troubleshoot/windows-client/installing-updates-features-roles/standard-terminology-software-updates',
  ],
  maturity: 'incubating',
  parse: parseKbList,
} as const satisfies ConstraintDialect;
