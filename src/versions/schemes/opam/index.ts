import type { VersionScheme } from '../../version-scheme.ts';
import { compareOpam } from './compare.ts';

export const opam = {
  id: 'opam',
  title: 'OCaml package versions, as opam orders them',
  references: ['https://opam.ocaml.org/doc/Manual.html#version-ordering'],
  maturity: 'incubating',
  compare: compareOpam,
} as const satisfies VersionScheme;
