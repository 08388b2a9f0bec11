import type { AdvisorySource } from '../../advisory-source.ts';
import { secdbFeed, secdbFeedsFor } from './feeds.ts';
import { parseSecdb } from './parse.ts';

export const alpineSecdb = {
  id: 'alpine-secdb',
  title: 'Alpine security database, and those of Wolfi and Chainguard in the same form',
  references: ['https://secdb.alpinelinux.org', 'https://gitlab.alpinelinux.org/alpine/infra/docker/secdb'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: secdbFeedsFor,
  feed: secdbFeed,
  parse: parseSecdb,
} as const satisfies AdvisorySource;
