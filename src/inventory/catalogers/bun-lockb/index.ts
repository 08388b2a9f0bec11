import { recordCataloger } from '../records.ts';
import { parseBunLockb } from './parse.ts';

/** What old releases of Bun were told to install. */
export const bunLockb = recordCataloger({
  id: 'bun-lockb',
  title: 'Packages of npm in bun.lockb, the binary form',
  references: ['https://bun.com/docs/pm/lockfile', 'https://github.com/oven-sh/bun/tree/main/src/install/lockfile'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'bun.lockb', maxBytes: 64 * 1024 * 1024 }],
  parse: parseBunLockb,
});
