import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseEpss } from './parse.ts';

const feed: Feed = {
  id: 'epss',
  source: 'epss',
  title: 'EPSS scores',
  license: 'LicenseRef-EPSS (free public data, attribution asked)',
  attribution: 'EPSS, FIRST.org (https://www.first.org/epss/)',
  limits: [],
  ecosystems: [],
  url: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  mirrorPaths: ['epss/epss_scores-current.csv.gz', 'epss/epss_scores-*.csv.gz'],
  maxBytes: 128 * 1024 * 1024,
};

export const epss = {
  id: 'epss',
  title: 'Exploit Prediction Scoring System: how likely a vulnerability is to be attacked within 30 days',
  references: ['https://www.first.org/epss/data_stats', 'https://www.first.org/epss/model'],
  maturity: 'stable',
  kind: 'enrichment',
  feedsFor: () => [feed],
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseEpss,
} as const satisfies AdvisorySource;
