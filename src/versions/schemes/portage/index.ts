import type { VersionScheme } from '../../version-scheme.ts';
import { comparePortage } from './compare.ts';

export const portage = {
  id: 'portage',
  title: 'Gentoo package versions by the Package Manager Specification',
  references: ['https://projects.gentoo.org/pms/8/pms.html#version-comparison'],
  maturity: 'stable',
  compare: comparePortage,
} as const satisfies VersionScheme;
