import { lockCataloger } from '../manifest.ts';
import { isProjectManifest, parseProjectManifest } from '../npm-manifest.ts';
import { parsePackageLock } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;

/** What npm was told to install. In version 1 only the package.json beside it tells what the project asks for by name. */
export const npmLock = lockCataloger({
  id: 'npm-lock',
  title: 'Packages of npm in package-lock.json and npm-shrinkwrap.json',
  references: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'package-lock.json', maxBytes },
    { kind: 'name', name: 'npm-shrinkwrap.json', maxBytes },
    { kind: 'name', name: 'package.json', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePackageLock,
  isManifest: (path) => /(?:^|\/)package\.json$/.test(path),
  parseAsked: (file) => (isProjectManifest(file.path) ? parseProjectManifest(file) : undefined),
});
