import type { VersionScheme } from '../../version-scheme.ts';
import { compareBitnami } from './compare.ts';

export const bitnami = {
  id: 'bitnami',
  title: 'Bitnami package versions: a semantic version and a package revision',
  references: ['https://github.com/bitnami/go-version', 'https://github.com/bitnami/vulndb'],
  maturity: 'incubating',
  compare: compareBitnami,
} as const satisfies VersionScheme;
