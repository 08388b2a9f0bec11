import type { VersionScheme } from '../../version-scheme.ts';
import { compareNix } from './compare.ts';

export const nix = {
  id: 'nix',
  title: 'Nix derivation versions, as builtins.compareVersions orders them',
  references: ['https://nix.dev/manual/nix/stable/command-ref/nix-env/upgrade.html#versions'],
  maturity: 'stable',
  compare: compareNix,
} as const satisfies VersionScheme;
