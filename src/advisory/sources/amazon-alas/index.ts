import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseUpdateNotices } from '../../documents/update-notices.ts';

interface Release {
  readonly version: string;
  readonly url: string;
  /** Of the pages that explain its notices. */
  readonly pages: string;
  readonly limits: readonly string[];
}

const FIXED_ONLY = 'lists fixed vulnerabilities only';

const releases: readonly Release[] = [
  {
    version: '2',
    url: 'https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list',
    pages: 'https://alas.aws.amazon.com/AL2/',
    limits: [FIXED_ONLY, 'packages of the extras topics are not covered'],
  },
  {
    version: '2023',
    url: 'https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list',
    pages: 'https://alas.aws.amazon.com/AL2023/',
    limits: [FIXED_ONLY],
  },
];

const feeds: readonly { readonly release: Release; readonly feed: Feed }[] = releases.map((release) => ({
  release,
  feed: {
    id: `al${release.version}`,
    source: 'amazon-alas',
    title: `Amazon Linux ${release.version} security advisories`,
    license: 'LicenseRef-Amazon-no-terms-stated',
    attribution: 'Amazon Linux Security Center (https://alas.aws.amazon.com)',
    limits: release.limits,
    ecosystems: [`amzn:${release.version}`],
    url: release.url,
    via: ['mirror-list', 'repository-updates'],
    mirrorPaths: [`amazon/al${release.version}/updateinfo.xml.gz`, `amazon/al${release.version}/updateinfo.xml`],
    maxBytes: 512 * 1024 * 1024,
  },
}));

export const amazonAlas = {
  id: 'amazon-alas',
  title: 'Amazon Linux security advisories, from the update information of its repositories',
  references: ['https://alas.aws.amazon.com', 'https://docs.aws.amazon.com/linux/'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => feeds.map(({ feed }) => feed).filter(({ ecosystems }) => ecosystems.includes(ecosystem)),
  feed: (id) => feeds.find(({ feed }) => feed.id === id)?.feed,
  parse: (document, feed) => {
    const { release } = feeds.find((each) => each.feed.id === feed.id) ?? {};
    return parseUpdateNotices(document, {
      source: 'amazon-alas',
      ecosystem: () => feed.ecosystems[0],
      ...(release && { link: (id: string) => `${release.pages}${id.replace(/^ALAS\d*-/, 'ALAS-')}.html` }),
    });
  },
} as const satisfies AdvisorySource;
