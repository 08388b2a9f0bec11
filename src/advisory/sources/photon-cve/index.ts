import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parsePhoton } from './parse.ts';

const feeds: readonly Feed[] = ['3.0', '4.0', '5.0'].map((release) => ({
  id: `photon-${release}`,
  source: 'photon-cve',
  title: `Photon OS ${release} vulnerability data`,
  license: 'LicenseRef-Photon-no-terms-stated',
  attribution: 'Broadcom, Photon OS (https://github.com/vmware/photon/wiki/Security-Advisories)',
  limits: ['names packages of the sources, as they are called'],
  ecosystems: [`photon:${release}`],
  url: `https://packages.broadcom.com/photon/photon_cve_metadata/cve_data_photon${release}.json`,
  mirrorPaths: [`photon/cve_data_photon${release}.json`, `photon/cve_data_photon${release}.json.gz`],
  maxBytes: 256 * 1024 * 1024,
}));

export const photonCve = {
  id: 'photon-cve',
  title: 'Photon OS: which version of a package each vulnerability is mended in',
  references: [
    'https://packages.broadcom.com/photon/photon_cve_metadata/',
    'https://github.com/vmware/photon/wiki/Security-Advisories',
  ],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => feeds.filter(({ ecosystems }) => ecosystems.includes(ecosystem)),
  feed: (id) => feeds.find((feed) => feed.id === id),
  parse: parsePhoton,
} as const satisfies AdvisorySource;
