import { childOf, childrenOf, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseUpdateNotices } from '../../documents/update-notices.ts';

/** A release number in an ecosystem key or a feed id. */
const RELEASE = /^(?:fedora[:-])(\d{1,3})$/;

function feedOf(release: string): Feed {
  return {
    id: `fedora-${release}`,
    source: 'fedora-updates',
    title: `Fedora ${release} updates`,
    license: 'LicenseRef-Fedora-no-terms-stated',
    attribution: 'The Fedora Project (https://bodhi.fedoraproject.org)',
    limits: ['lists fixed vulnerabilities only', 'names those that the maintainer wrote into the update'],
    ecosystems: [`fedora:${release}`],
    url: `https://dl.fedoraproject.org/pub/fedora/linux/updates/${release}/Everything/x86_64/`,
    via: ['repository-updates'],
    mirrorPaths: ['xz', 'zst', 'gz'].map((packing) => `fedora/${release}/updateinfo.xml.${packing}`),
    maxBytes: 512 * 1024 * 1024,
  };
}

function feedIn(text: string): Feed | undefined {
  const release = RELEASE.exec(text)?.[1];
  return release === undefined ? undefined : feedOf(release);
}

export const fedoraUpdates = {
  id: 'fedora-updates',
  title: 'Fedora updates, from the update information of its repository as Bodhi writes it',
  references: ['https://bodhi.fedoraproject.org/docs/', 'https://docs.fedoraproject.org/en-US/fesco/Updates_Policy/'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => {
    const feed = ecosystem.startsWith('fedora:') ? feedIn(ecosystem) : undefined;
    return feed === undefined ? [] : [feed];
  },
  feed: (id) => (id.startsWith('fedora-') ? feedIn(id) : undefined),
  parse: (document, feed) =>
    parseUpdateNotices(document, {
      source: 'fedora-updates',
      ecosystem: () => feed.ecosystems[0],
      link: (id) => `https://bodhi.fedoraproject.org/updates/${id}`,
      vulnerabilities,
    }),
} as const satisfies AdvisorySource;

const MAX_REFERENCES = 5000;
const CVE = /\bCVE-\d{4}-\d{4,19}\b/g;

/** Bodhi knows bugs, whose titles begin with the CVE: `CVE-2024-3094 xz: malicious code [fedora-40]`. */
function vulnerabilities(notice: XmlElement): readonly string[] {
  const titles = childrenOf(childOf(notice, 'references'), 'reference')
    .slice(0, MAX_REFERENCES)
    .map(({ attributes }) => attributes.get('title') ?? '');
  const texts = [...titles, textOf(notice, 'title') ?? '', textOf(notice, 'description') ?? ''];
  return [...new Set(texts.flatMap((text) => text.slice(0, 100_000).match(CVE) ?? []))];
}
