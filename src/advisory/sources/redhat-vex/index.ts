import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseRedHatVex } from './parse.ts';

/** Major releases whose packages the documents are read for; the streams with a contract of their own are of them too. */
const RELEASES = ['6', '7', '8', '9', '10'];

const feed: Feed = {
  id: 'redhat-vex',
  source: 'redhat-vex',
  title: 'Red Hat security data (CSAF VEX)',
  license: 'CC-BY-4.0',
  attribution: 'Red Hat Product Security (https://access.redhat.com/security/data)',
  limits: ['packages of Red Hat Enterprise Linux itself; layered products are left out'],
  onlyWhenNamed:
    'it is an archive of several hundred megabytes, with a document for every CVE that concerns a Red Hat product',
  ecosystems: RELEASES.map((release) => `rhel:${release}`),
  url: 'https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt',
  via: ['file-name'],
  mirrorPaths: ['redhat/csaf_vex_*.tar.zst', 'redhat/csaf_vex.tar.zst', 'redhat/csaf_vex.tar.gz'],
  maxBytes: 8 * 1024 ** 3,
};

export const redHatVex = {
  id: 'redhat-vex',
  title: 'Red Hat’s word on each CVE and package: mended, open, to stay open, or not affected',
  references: [
    'https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/',
    'https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html',
  ],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (/^rhel(?:-[a-z0-9]{3})?:\d/.test(ecosystem) ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseRedHatVex,
} as const satisfies AdvisorySource;
