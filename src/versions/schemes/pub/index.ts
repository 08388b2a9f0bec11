import type { VersionScheme } from '../../version-scheme.ts';
import { comparePub } from './compare.ts';

export const pub = {
  id: 'pub',
  title: 'Dart package versions, as pub orders them: builds count',
  references: ['https://github.com/dart-lang/pub_semver#semantics'],
  maturity: 'incubating',
  compare: comparePub,
} as const satisfies VersionScheme;
