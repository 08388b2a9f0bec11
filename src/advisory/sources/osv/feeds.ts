import type { Feed } from '../../advisory-source.ts';
import { type OsvEcosystem, osvEcosystems } from './ecosystems.ts';

const EXPORTS = 'https://osv-vulnerabilities.storage.googleapis.com';

export const osvFeeds: readonly Feed[] = osvEcosystems.map(toFeed);

function toFeed(ecosystem: OsvEcosystem): Feed {
  const { name } = ecosystem;
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    source: 'osv',
    title: `OSV.dev, ${name}`,
    license: ecosystem.license,
    attribution: `${ecosystem.attribution}, as exported by OSV.dev (https://osv.dev)`,
    limits: ecosystem.limits ?? [],
    ...(ecosystem.restricted === undefined ? {} : { restricted: ecosystem.restricted }),
    ecosystems: ecosystem.key('') === ecosystem.keyFamilies[0] && isLanguage(ecosystem) ? [ecosystem.key('')] : [],
    url: `${EXPORTS}/${encodeURIComponent(name)}/all.zip`,
    mirrorPaths: [`osv/${name}/all.zip`],
    maxBytes: 4 * 1024 ** 3,
  };
}

/** One key covers the whole ecosystem; distributions have one a release, and only those met in the export are spoken for. */
function isLanguage(ecosystem: OsvEcosystem): boolean {
  return !['deb', 'rpm'].includes(ecosystem.scheme) && ecosystem.name !== 'Alpine';
}

export function osvFeedsFor(key: string): readonly Feed[] {
  const family = key.split(':', 1)[0] ?? '';
  return osvFeeds.filter((_, index) => {
    const families = osvEcosystems[index]?.keyFamilies ?? [];
    return families.includes(family) || (family.startsWith('ubuntu-') && families.includes('ubuntu'));
  });
}
