import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseVulnrichment } from './parse.ts';

const feed: Feed = {
  id: 'vulnrichment',
  source: 'vulnrichment',
  title: 'CISA Vulnrichment',
  license: 'CC0-1.0',
  attribution: 'CISA Vulnrichment (https://github.com/cisagov/vulnrichment; no endorsement by CISA or DHS)',
  limits: [],
  onlyWhenNamed: 'it is the archive of a repository with a file for each of more than 100,000 vulnerabilities',
  ecosystems: [],
  url: 'https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.zip',
  mirrorPaths: ['vulnrichment/vulnrichment.zip', 'vulnrichment/vulnrichment.jsonl.gz', 'enrich/vulnrichment.jsonl.gz'],
  maxBytes: 4 * 1024 ** 3,
};

export const vulnrichment = {
  id: 'vulnrichment',
  title: 'CISA’s answers to the questions of SSVC, and CVSS vectors of CISA and of whoever assigned the CVE',
  references: [
    'https://github.com/cisagov/vulnrichment',
    'https://github.com/CVEProject/cve-schema',
    'https://certcc.github.io/SSVC/',
  ],
  maturity: 'stable',
  kind: 'enrichment',
  feedsFor: () => [feed],
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseVulnrichment,
} as const satisfies AdvisorySource;
