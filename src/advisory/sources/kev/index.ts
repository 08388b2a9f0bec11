import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseKev } from './parse.ts';

const feed: Feed = {
  id: 'kev',
  source: 'kev',
  title: 'CISA Known Exploited Vulnerabilities',
  license: 'CC0-1.0',
  attribution: 'CISA Known Exploited Vulnerabilities Catalog (no endorsement by CISA or DHS)',
  limits: [],
  ecosystems: [],
  url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  mirrorPaths: ['kev/known_exploited_vulnerabilities.json'],
  maxBytes: 64 * 1024 * 1024,
};

export const kev = {
  id: 'kev',
  title: 'Known Exploited Vulnerabilities: which are attacked in the field, and the deadline CISA sets',
  references: ['https://www.cisa.gov/known-exploited-vulnerabilities-catalog'],
  maturity: 'stable',
  kind: 'enrichment',
  feedsFor: () => [feed],
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseKev,
} as const satisfies AdvisorySource;
