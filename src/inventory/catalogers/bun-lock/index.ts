import { recordCataloger } from '../records.ts';
import { parseBunLock } from './parse.ts';

/** What Bun was told to install. */
export const bunLock = recordCataloger({
  id: 'bun-lock',
  title: 'Packages of npm in bun.lock, the text form',
  references: ['https://bun.com/docs/pm/lockfile', 'https://bun.com/blog/bun-lock-text-lockfile'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'bun.lock', maxBytes: 32 * 1024 * 1024 }],
  parse: parseBunLock,
});
