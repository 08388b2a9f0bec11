import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseOracleOval } from './parse.ts';

const feeds: readonly Feed[] = ['6', '7', '8', '9', '10'].map((release) => ({
  id: `oracle-linux-${release}`,
  source: 'oracle-oval',
  title: `Oracle Linux ${release} security advisories`,
  license: 'LicenseRef-Oracle-no-terms-stated',
  attribution: 'Oracle Linux (https://linux.oracle.com/security/)',
  limits: ['lists fixed vulnerabilities only'],
  ecosystems: [`ol:${release}`],
  url: `https://linux.oracle.com/security/oval/com.oracle.elsa-ol${release}.xml.bz2`,
  mirrorPaths: ['.xml.bz2', '.xml.gz', '.xml'].map((ending) => `oracle/com.oracle.elsa-ol${release}${ending}`),
  maxBytes: 512 * 1024 * 1024,
}));

export const oracleOval = {
  id: 'oracle-oval',
  title: 'Oracle Linux errata (ELSA), those of Ksplice and of FIPS builds included',
  references: ['https://linux.oracle.com/security/oval/', 'https://linux.oracle.com/errata/'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => feeds.filter(({ ecosystems }) => ecosystems.includes(ecosystem)),
  feed: (id) => feeds.find((feed) => feed.id === id),
  parse: parseOracleOval,
} as const satisfies AdvisorySource;
