import type { VersionScheme } from '../../version-scheme.ts';
import { compareConan } from './compare.ts';

export const conan = {
  id: 'conan',
  title: 'Conan recipe versions, as Conan 2 orders them',
  references: ['https://docs.conan.io/2/tutorial/versioning/version_ranges.html'],
  maturity: 'stable',
  compare: compareConan,
} as const satisfies VersionScheme;
