import type { Feed } from '../../advisory-source.ts';
import { type OsvEcosystem, osvEcosystems } from './ecosystems/index.ts';

const EXPORTS = 'https://osv-vulnerabilities.storage.googleapis.com';

const exported = osvEcosystems.map((ecosystem) => ({ ecosystem, feed: feedOf(ecosystem) }));

function feedOf(ecosystem: OsvEcosystem): Feed {
  const { name, license, attribution, limits = [], restricted, wholeKey, url } = ecosystem;
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    source: 'osv',
    title: url === undefined ? `OSV.dev, ${name}` : `${name} advisories`,
    license,
    attribution: url === undefined ? `${attribution}, as exported by OSV.dev (https://osv.dev)` : attribution,
    limits,
    ...(restricted === undefined ? {} : { restricted }),
    // Of releases, only those met in the export are spoken for.
    ecosystems: wholeKey === undefined ? [] : [wholeKey],
    url: url ?? `${EXPORTS}/${encodeURIComponent(name)}/all.zip`,
    mirrorPaths: [`osv/${name}/all.zip`, ...(url?.endsWith('.json') ? [`osv/${name}/${url.split('/').at(-1)}`] : [])],
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
