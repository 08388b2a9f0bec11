import { recordCataloger } from '../records.ts';
import { parsePackage } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;

/** Packages of Slackware. No package URL type is theirs, and nobody publishes advisories that we read: they are listed. */
export const slackwareDb = recordCataloger({
  id: 'slackware-db',
  title: 'Slackware packages in the package database',
  references: ['http://www.slackware.com/config/packages.php'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'directory', path: 'var/lib/pkgtools/packages', suffix: '', maxBytes },
    { kind: 'directory', path: 'var/log/packages', suffix: '', maxBytes },
  ],
  parse: parsePackage,
});
