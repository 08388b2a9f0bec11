import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseArchTracker } from './parse.ts';

const feed: Feed = {
  id: 'arch',
  source: 'arch-tracker',
  title: 'Arch Linux security tracker',
  license: 'LicenseRef-Arch-no-terms-stated',
  attribution: 'Arch Linux Security Team (https://security.archlinux.org)',
  limits: [],
  ecosystems: ['arch'],
  url: 'https://security.archlinux.org/all.json',
  mirrorPaths: ['arch/all.json', 'arch/all.json.gz'],
  maxBytes: 64 * 1024 * 1024,
};

export const archTracker = {
  id: 'arch-tracker',
  title: 'Arch Linux security tracker: groups of vulnerabilities of packages, with their state',
  references: ['https://security.archlinux.org', 'https://wiki.archlinux.org/title/Arch_Security_Team'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (ecosystem === 'arch' ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseArchTracker,
} as const satisfies AdvisorySource;
