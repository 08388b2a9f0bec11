import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseTracker } from './parse.ts';

const feed: Feed = {
  id: 'debian',
  source: 'debian-tracker',
  title: 'Debian security tracker',
  license: 'LicenseRef-Debian',
  attribution: 'Debian Security Team and Debian LTS Team (https://security-tracker.debian.org)',
  limits: ['covers the releases that Debian supports at the time; rates few vulnerabilities'],
  ecosystems: [],
  url: 'https://security-tracker.debian.org/tracker/data/json',
  mirrorPaths: ['debian/tracker.json.gz', 'debian/tracker.json'],
  maxBytes: 1024 ** 3,
};

export const debianTracker = {
  id: 'debian-tracker',
  title: 'Debian security tracker: every vulnerability of every source package, fixed or not',
  references: [
    'https://security-tracker.debian.org/tracker/data/json',
    'https://security-team.debian.org/security_tracker.html',
  ],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (ecosystem.startsWith('debian:') ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseTracker,
} as const satisfies AdvisorySource;
