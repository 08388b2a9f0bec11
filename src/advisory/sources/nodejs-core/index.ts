import type { AdvisorySource, Feed } from '../../advisory-source.ts';
import { parseNodejsCore } from './parse.ts';

const feed: Feed = {
  id: 'nodejs-core',
  source: 'nodejs-core',
  title: 'Node.js security working group, core',
  license: 'MIT',
  attribution: 'Node.js Security Working Group (https://github.com/nodejs/security-wg)',
  limits: ['what concerns Windows or macOS alone is left out'],
  ecosystems: ['nodejs'],
  url: 'https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json',
  mirrorPaths: ['nodejs-core/index.json', 'extra/nodejs-core/index.json'],
  maxBytes: 16 * 1024 * 1024,
};

export const nodejsCore = {
  id: 'nodejs-core',
  title: 'Node.js itself: which release lines have a vulnerability and from which version on they are free of it',
  references: ['https://github.com/nodejs/security-wg/tree/main/vuln/core'],
  maturity: 'stable',
  kind: 'advisories',
  feedsFor: (ecosystem) => (ecosystem === 'nodejs' ? [feed] : []),
  feed: (id) => (id === feed.id ? feed : undefined),
  parse: parseNodejsCore,
} as const satisfies AdvisorySource;
