import type { Feed } from '../../advisory-source.ts';
import { type OsvEcosystem, osvEcosystems } from './ecosystems.ts';

const EXPORTS = 'https://osv-vulnerabilities.storage.googleapis.com';

const exported = osvEcosystems.map((ecosystem) => ({ ecosystem, feed: feedOf(ecosystem) }));

function feedOf(ecosystem: OsvEcosystem): Feed {
  const { name, license, attribution, limits = [], restricted, wholeKey } = ecosystem;
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    source: 'osv',
    title: `OSV.dev, ${name}`,
    license,
    attribution: `${attribution}, as exported by OSV.dev (https://osv.dev)`,
    limits,
    ...(restricted === undefined ? {} : { restricted }),
    // Of releases, only those met in the export are spoken for.
    ecosystems: wholeKey === undefined ? [] : [wholeKey],
    url: `${EXPORTS}/${encodeURIComponent(name)}/all.zip`,
    mirrorPaths: [`osv/${name}/all.zip`],
    maxBytes: 4 * 1024 ** 3,
  };
}

export function osvFeed(id: string): Feed | undefined {
  return exported.find(({ feed }) => feed.id === id)?.feed;
}

/** What the export of this feed is read for; nothing else in it is kept. */
export function osvEcosystemOf(feed: Feed): OsvEcosystem | undefined {
  return exported.find((each) => each.feed.id === feed.id)?.ecosystem;
}

/** Ubuntu has a family of keys for each support stream (`ubuntu-fips`, …), all in one export. */
export function osvFeedsFor(key: string): readonly Feed[] {
  const family = key.split(':', 1)[0] ?? '';
  const wanted = family.startsWith('ubuntu-') ? 'ubuntu' : family;
  return exported.filter(({ ecosystem }) => ecosystem.keyFamilies.includes(wanted)).map(({ feed }) => feed);
}
