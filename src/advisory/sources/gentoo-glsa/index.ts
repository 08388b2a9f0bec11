import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseGlsaArchive } from './parse.ts';

const feed: Feed = {
  id: 'gentoo',
  source: 'gentoo-glsa',
  title: 'Gentoo Linux security advisories',
  license: 'CC-BY-SA-4.0',
  attribution: 'Gentoo Security Project (https://security.gentoo.org/glsa)',
  limits: ['lists fixed vulnerabilities only'],
  ecosystems: ['gentoo'],
  url: 'https://gitweb.gentoo.org/data/glsa.git/snapshot/glsa-master.tar.gz',
  mirrorPaths: ['gentoo/glsa-master.tar.gz', 'gentoo/glsa.tar.gz'],
  maxBytes: 256 * 1024 * 1024,
};

export const gentooGlsa = {
  id: 'gentoo-glsa',
  title: 'Gentoo Linux security advisories (GLSA), with their slots and revisions',
  references: ['https://security.gentoo.org/glsa', 'https://www.gentoo.org/dtd/glsa.dtd'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (ecosystem === 'gentoo' ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseGlsaArchive,
} as const satisfies AdvisorySource;
