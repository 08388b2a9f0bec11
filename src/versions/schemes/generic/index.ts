import type { VersionScheme } from '../../version-scheme.ts';
import { compareGeneric } from './compare.ts';

export const generic = {
  id: 'generic',
  title: 'Dotted numbers with an optional pre-release and build, for sources that name no scheme',
  references: ['https://github.com/hashicorp/go-version'],
  maturity: 'incubating',
  compare: compareGeneric,
} as const satisfies VersionScheme;
