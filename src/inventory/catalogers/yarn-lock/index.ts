import { recordCataloger } from '../records.ts';
import { parseYarnLock } from './parse.ts';

/** What Yarn was told to install, classic (1) and berry (2 and later). */
export const yarnLock = recordCataloger({
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
  revision: 1,
  files: [{ kind: 'name', name: 'yarn.lock', maxBytes: 32 * 1024 * 1024 }],
  parse: parseYarnLock,
});
