import type { VersionScheme } from '../../version-scheme.ts';
import { compareNpm } from './compare.ts';

export const npm = {
  id: 'npm',
  title: 'npm package versions, as node-semver orders them',
  references: ['https://github.com/npm/node-semver#versions'],
  maturity: 'stable',
  compare: compareNpm,
} as const satisfies VersionScheme;
