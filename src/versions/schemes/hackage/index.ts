import type { VersionScheme } from '../../version-scheme.ts';
import { compareHackage } from './compare.ts';

export const hackage = {
  id: 'hackage',
  title: 'Haskell package versions, as Cabal orders them',
  references: [
    'https://hackage.haskell.org/package/Cabal-syntax/docs/Distribution-Types-Version.html',
    'https://pvp.haskell.org/',
  ],
  maturity: 'incubating',
  compare: compareHackage,
} as const satisfies VersionScheme;
