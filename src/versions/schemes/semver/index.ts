import type { VersionScheme } from '../../version-scheme.ts';
import { compareSemver } from './compare.ts';

export const semver = {
  id: 'semver',
  title: 'Semantic versions 2.0.0, as crates.io and others order them',
  references: ['https://semver.org/spec/v2.0.0.html', 'https://docs.rs/semver/latest/semver/struct.Version.html'],
  maturity: 'stable',
  compare: compareSemver,
} as const satisfies VersionScheme;
