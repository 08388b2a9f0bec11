import type { VersionScheme } from '../../version-scheme.ts';
import { compareDeb } from './compare.ts';

export const deb = {
  id: 'deb',
  title: 'Debian package versions, [epoch:]upstream[-revision], as dpkg orders them',
  references: [
    'https://www.debian.org/doc/debian-policy/ch-controlfields.html#version',
    'https://manpages.debian.org/stable/dpkg-dev/deb-version.7.en.html',
  ],
  maturity: 'stable',
  compare: compareDeb,
} as const satisfies VersionScheme;
