import type { VersionScheme } from '../../version-scheme.ts';
import { comparePackagist } from './compare.ts';

export const packagist = {
  id: 'packagist',
  title: 'PHP package versions, as Composer normalises and orders them',
  references: [
    'https://getcomposer.org/doc/articles/versions.md',
    'https://www.php.net/manual/function.version-compare.php',
  ],
  maturity: 'stable',
  compare: comparePackagist,
} as const satisfies VersionScheme;
