import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseUpdateNotices } from '../../documents/update-notices.ts';

const feed: Feed = {
  id: 'bottlerocket',
  source: 'bottlerocket',
  title: 'Bottlerocket security advisories',
  license: 'Apache-2.0 OR MIT',
  attribution: 'Bottlerocket (https://advisories.bottlerocket.aws)',
  limits: ['lists fixed vulnerabilities only'],
  ecosystems: ['bottlerocket'],
  url: 'https://advisories.bottlerocket.aws/updateinfo.xml.gz',
  mirrorPaths: ['bottlerocket/updateinfo.xml.gz', 'bottlerocket/updateinfo.xml'],
  maxBytes: 64 * 1024 * 1024,
};

export const bottlerocket = {
  id: 'bottlerocket',
  title: 'Bottlerocket security advisories: which packages of the image they are about and what mends them',
  references: ['https://github.com/bottlerocket-os/bottlerocket/security/advisories'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (ecosystem === 'bottlerocket' ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: (document) => parseUpdateNotices(document, { source: 'bottlerocket', ecosystem: () => 'bottlerocket' }),
} as const satisfies AdvisorySource;
