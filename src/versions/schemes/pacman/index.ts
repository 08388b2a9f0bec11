import type { VersionScheme } from '../../version-scheme.ts';
import { comparePacman } from './compare.ts';

export const pacman = {
  id: 'pacman',
  title: 'Arch Linux package versions, as vercmp orders them',
  references: ['https://man.archlinux.org/man/vercmp.8'],
  maturity: 'stable',
  compare: comparePacman,
} as const satisfies VersionScheme;
