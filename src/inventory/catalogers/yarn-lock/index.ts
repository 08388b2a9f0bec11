import { lockCataloger } from '../manifest.ts';
import { isProjectManifest, parseProjectManifest } from '../npm-manifest.ts';
import { parseYarnLock } from './parse.ts';

/** What Yarn was told to install, classic (1) and berry (2 and later). The package.json beside it tells what for. */
export const yarnLock = lockCataloger({
  id: 'yarn-lock',
  title: 'Packages of npm in yarn.lock, classic and berry',
  references: [
    'https://classic.yarnpkg.com/lang/en/docs/yarn-lock/',
    'https://yarnpkg.com/advanced/lexicon#lockfile',
    'https://yarnpkg.com/protocols',
  ],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'yarn.lock', maxBytes: 32 * 1024 * 1024 },
    { kind: 'name', name: 'package.json', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parseYarnLock,
  isManifest: (path) => path.endsWith('package.json'),
  parseAsked: (file) => (isProjectManifest(file.path) ? parseProjectManifest(file) : undefined),
});
