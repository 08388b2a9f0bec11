import type { VersionScheme } from '../../version-scheme.ts';
import { compareHex } from './compare.ts';

export const hex = {
  id: 'hex',
  title: 'Elixir and Erlang package versions, as Hex orders them',
  references: ['https://hexdocs.pm/elixir/Version.html'],
  maturity: 'stable',
  compare: compareHex,
} as const satisfies VersionScheme;
