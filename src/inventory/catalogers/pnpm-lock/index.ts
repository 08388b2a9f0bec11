import { recordCataloger } from '../records.ts';
import { parsePnpmLock } from './parse.ts';

/** What pnpm was told to install. */
export const pnpmLock = recordCataloger({
  id: 'pnpm-lock',
  title: 'Packages of npm in pnpm-lock.yaml of versions 5 to 9',
  references: ['https://pnpm.io/git#lockfiles', 'https://github.com/pnpm/spec/tree/master/lockfile'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'pnpm-lock.yaml', maxBytes: 32 * 1024 * 1024 }],
  parse: parsePnpmLock,
});
