import { recordCataloger } from '../records.ts';
import { parseUvLock } from './parse.ts';

/** What uv was told to install. */
export const uvLock = recordCataloger({
  id: 'uv-lock',
  title: 'Python packages in uv.lock',
  references: ['https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'uv.lock', maxBytes: 16 * 1024 * 1024 }],
  parse: parseUvLock,
});
