import { language, type OsvEcosystem } from './osv-ecosystem.ts';

/** Records about programs rather than packages of a registry: what is copied into images by hand. */
export const productEcosystems: readonly OsvEcosystem[] = [
  {
    name: 'Bitnami',
    scheme: 'bitnami',
    ...language('bitnami'),
    license: 'Apache-2.0',
    attribution: 'Bitnami Vulnerability Database, Copyright Broadcom (https://github.com/bitnami/vulndb)',
  },
  {
    name: 'Kubernetes',
    scheme: 'semver',
    ...language('kubernetes'),
    license: 'Apache-2.0',
    attribution: 'Kubernetes Security Response Committee (https://github.com/kubernetes-sigs/cve-feed-osv)',
  },
  {
    name: 'CURL',
    // Semantic versions with two numbers among them (`7.9`), as Bitnami's order allows.
    scheme: 'bitnami',
    ...language('curl'),
    commitVersions: true,
    productOf: () => 'curl',
    url: 'https://curl.se/docs/vuln.json',
    license: 'curl',
    attribution: 'The curl project (https://curl.se/docs/security.html)',
  },
  {
    name: 'PSF',
    scheme: 'semver',
    ...language('psf'),
    commitVersions: true,
    productOf: (repository) => (repository === 'github.com/python/cpython' ? 'cpython' : repository),
    url: 'https://github.com/psf/advisory-database/archive/refs/heads/main.zip',
    license: 'CC-BY-4.0',
    attribution: 'Python Software Foundation CNA (https://github.com/psf/advisory-database)',
    limits: ['names commits rather than versions, so most of it cannot be compared with a release'],
  },
  {
    name: 'GHC',
    scheme: 'hackage',
    ...language('ghc'),
    license: 'CC0-1.0',
    attribution: 'Haskell Security Response Team (https://github.com/haskell/security-advisories)',
  },
  {
    name: 'GIT',
    scheme: 'semver',
    ...language('git'),
    commitVersions: true,
    productOf: (repository) => repository,
    license: 'CC-BY-4.0',
    attribution: 'the publishers of the records, with versions enumerated by OSV.dev',
    limits: ['names commits and tags; other commits cannot be compared without the repository'],
  },
];
