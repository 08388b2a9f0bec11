import type { VersionScheme } from '../../version-scheme.ts';
import { comparePep440 } from './compare.ts';

export const pep440 = {
  id: 'pep440',
  title: 'Python package versions by PEP 440',
  references: [
    'https://packaging.python.org/en/latest/specifications/version-specifiers/',
    'https://packaging.pypa.io/en/stable/version.html',
  ],
  maturity: 'stable',
  compare: comparePep440,
} as const satisfies VersionScheme;
