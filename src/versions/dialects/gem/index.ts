import type { ConstraintDialect } from '../../constraint.ts';
import { parseGemRequirement } from './parse.ts';

export const gemRequirement = {
  id: 'gem',
  title: 'Requirements of RubyGems: ~> 1.2, >= 1.2.3',
  references: ['https://docs.ruby-lang.org/en/master/Gem/Requirement.html'],
  maturity: 'stable',
  parse: parseGemRequirement,
} as const satisfies ConstraintDialect;
