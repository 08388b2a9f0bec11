import type { VersionScheme } from '../../version-scheme.ts';
import { compareFuzzy } from './compare.ts';

export const fuzzy = {
  id: 'fuzzy',
  title: 'Numbers and words in the order a reader would expect, for software whose scheme is unknown',
  references: ['https://nvd.nist.gov/products/cpe'],
  maturity: 'incubating',
  compare: compareFuzzy,
} as const satisfies VersionScheme;
