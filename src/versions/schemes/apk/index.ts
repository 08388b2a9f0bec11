import type { VersionScheme } from '../../version-scheme.ts';
import { compareApk } from './compare.ts';

export const apk = {
  id: 'apk',
  title: 'Alpine package versions, as apk-tools orders them',
  references: [
    'https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd',
    'https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver',
  ],
  maturity: 'stable',
  compare: compareApk,
} as const satisfies VersionScheme;
