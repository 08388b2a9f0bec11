import type { VersionScheme } from '../../version-scheme.ts';
import { compareCran } from './compare.ts';

export const cran = {
  id: 'cran',
  title: 'R package versions, as package_version orders them',
  references: ['https://rdrr.io/r/base/numeric_version.html'],
  maturity: 'stable',
  compare: compareCran,
} as const satisfies VersionScheme;
