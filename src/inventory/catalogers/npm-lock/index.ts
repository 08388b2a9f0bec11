import { recordCataloger } from '../records.ts';
import { parsePackageLock } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;

/** What npm was told to install. */
export const npmLock = recordCataloger({
  id: 'npm-lock',
  title: 'Packages of npm in package-lock.json and npm-shrinkwrap.json',
  references: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'package-lock.json', maxBytes },
    { kind: 'name', name: 'npm-shrinkwrap.json', maxBytes },
  ],
  parse: parsePackageLock,
});
