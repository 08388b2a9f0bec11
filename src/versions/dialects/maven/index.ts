import type { ConstraintDialect } from '../../constraint.ts';
import { parseMavenRange } from './parse.ts';

export const mavenRange = {
  id: 'maven',
  title: 'Version ranges of Maven: [1.0,2.0), (,1.5]',
  references: ['https://maven.apache.org/pom.html#dependency-version-requirement-specification'],
  maturity: 'stable',
  parse: parseMavenRange,
} as const satisfies ConstraintDialect;
