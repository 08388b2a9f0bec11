import type { VersionScheme } from '../../version-scheme.ts';
import { compareOpenssl } from './compare.ts';

export const openssl = {
  id: 'openssl',
  title: 'OpenSSL releases, lettered (1.1.1w) and semantic (3.0.13)',
  references: ['https://openssl-library.org/policies/releasestrat/'],
  maturity: 'incubating',
  compare: compareOpenssl,
} as const satisfies VersionScheme;
