import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseAzureOval } from './parse.ts';

/** The first two releases were called CBL-Mariner. */
const releases: readonly (readonly [release: string, file: string])[] = [
  ['1', 'cbl-mariner-1.0-oval.xml'],
  ['2', 'cbl-mariner-2.0-oval.xml'],
  ['3', 'azurelinux-3.0-oval.xml'],
];

const feeds: readonly Feed[] = releases.map(([release, file]) => ({
  id: `azure-linux-${release}`,
  source: 'azure-linux-oval',
  title: `Azure Linux ${release} vulnerability data`,
  license: 'MIT',
  attribution: 'Microsoft, Azure Linux (https://github.com/microsoft/AzureLinuxVulnerabilityData)',
  limits: [],
  ecosystems: [`azurelinux:${release}`],
  url: `https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/${file}`,
  mirrorPaths: [`azure-linux/${file}`, `azure-linux/${file}.gz`, `oval/${file}.gz`],
  maxBytes: 512 * 1024 * 1024,
}));

export const azureLinuxOval = {
  id: 'azure-linux-oval',
  title: 'Azure Linux and CBL-Mariner: vulnerabilities with their fix, without one, and those that do not apply',
  references: ['https://github.com/microsoft/AzureLinuxVulnerabilityData'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => feeds.filter(({ ecosystems }) => ecosystems.includes(ecosystem)),
  feed: (id) => feeds.find((feed) => feed.id === id),
  parse: parseAzureOval,
} as const satisfies AdvisorySource;
