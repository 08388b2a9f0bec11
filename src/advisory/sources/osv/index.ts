import type { AdvisorySource } from '../../advisory-source.ts';
import { osvFeed, osvFeedsFor } from './feeds.ts';
import { parseOsvExport } from './parse.ts';

export const osv = {
  id: 'osv',
  title: 'OSV.dev exports, one archive of records for each ecosystem',
  references: ['https://ossf.github.io/osv-schema/', 'https://google.github.io/osv.dev/data/'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: osvFeedsFor,
  feed: osvFeed,
  parse: parseOsvExport,
} as const satisfies AdvisorySource;
