import type { VersionScheme } from '../../version-scheme.ts';
import { compareGo } from './compare.ts';

export const go = {
  id: 'go',
  title: 'Go module and toolchain versions, in the order of the go command',
  references: [
    'https://go.dev/ref/mod#versions',
    'https://go.dev/doc/toolchain#version',
    'https://pkg.go.dev/golang.org/x/mod/semver',
  ],
  maturity: 'stable',
  compare: compareGo,
} as const satisfies VersionScheme;
