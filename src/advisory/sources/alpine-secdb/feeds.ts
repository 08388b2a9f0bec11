import type { Feed } from '../../advisory-source.ts';

const LIMITS = ['lists fixed vulnerabilities only'];

const CHAINGUARD_TERMS =
  'its licence since 2025-05-07 (CC-BY-NC-ND-4.0 with terms for scanners) forbids derived data and use in competing scanners without an agreement with Chainguard';

const restrictedFeeds: readonly Feed[] = [
  {
    id: 'wolfi',
    source: 'alpine-secdb',
    title: 'Wolfi security database',
    license: 'CC-BY-NC-ND-4.0',
    attribution: 'Chainguard, Wolfi advisories',
    limits: LIMITS,
    restricted: CHAINGUARD_TERMS,
    ecosystems: ['wolfi'],
    url: 'https://packages.wolfi.dev/os/security.json',
    mirrorPaths: ['wolfi/security.json'],
    maxBytes: 256 * 1024 * 1024,
  },
  {
    id: 'chainguard',
    source: 'alpine-secdb',
    title: 'Chainguard security database',
    license: 'CC-BY-NC-ND-4.0',
    attribution: 'Chainguard advisories',
    limits: LIMITS,
    restricted: CHAINGUARD_TERMS,
    ecosystems: ['chainguard'],
    url: 'https://packages.cgr.dev/chainguard/security.json',
    mirrorPaths: ['chainguard/security.json'],
    maxBytes: 256 * 1024 * 1024,
  },
];

/** `main` and `community` are the two repositories that Alpine keeps security data for. */
const REPOSITORIES = ['main', 'community'] as const;

function alpineFeed(branch: string, repository: string): Feed {
  return {
    id: `${branch}-${repository}`,
    source: 'alpine-secdb',
    title: `Alpine security database, ${branch} ${repository}`,
    license: 'CC-BY-SA-4.0',
    attribution: 'Alpine Linux Security Team (https://secdb.alpinelinux.org)',
    limits: LIMITS,
    ecosystems: [`alpine:${branch.replace(/^v/, '')}`],
    url: `https://secdb.alpinelinux.org/${branch}/${repository}.json`,
    mirrorPaths: [`alpine/secdb/${branch}/${repository}.json`],
    maxBytes: 64 * 1024 * 1024,
  };
}

export function secdbFeedsFor(ecosystem: string): readonly Feed[] {
  const release = /^alpine:(\d+\.\d+|edge)$/.exec(ecosystem)?.[1];
  if (release === undefined) return restrictedFeeds.filter((feed) => feed.id === ecosystem);
  const branch = release === 'edge' ? 'edge' : `v${release}`;
  return REPOSITORIES.map((repository) => alpineFeed(branch, repository));
}

export function secdbFeed(id: string): Feed | undefined {
  const [, branch, repository] = /^(v\d+\.\d+|edge)-(main|community)$/.exec(id) ?? [];
  if (branch !== undefined && repository !== undefined) return alpineFeed(branch, repository);
  return restrictedFeeds.find((feed) => feed.id === id);
}
