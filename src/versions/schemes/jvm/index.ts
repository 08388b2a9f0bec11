import type { VersionScheme } from '../../version-scheme.ts';
import { compareJvm } from './compare.ts';

export const jvm = {
  id: 'jvm',
  title: 'Java runtime versions, before JEP 223 (1.8.0_392) and after (17.0.9)',
  references: ['https://openjdk.org/jeps/223', 'https://openjdk.org/jeps/322'],
  maturity: 'incubating',
  compare: compareJvm,
} as const satisfies VersionScheme;
