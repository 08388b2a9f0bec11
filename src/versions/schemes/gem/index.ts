import type { VersionScheme } from '../../version-scheme.ts';
import { compareGem } from './compare.ts';

export const gem = {
  id: 'gem',
  title: 'Ruby gem versions, as Gem::Version orders them',
  references: ['https://docs.ruby-lang.org/en/master/Gem/Version.html'],
  maturity: 'stable',
  compare: compareGem,
} as const satisfies VersionScheme;
