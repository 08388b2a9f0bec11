import { recordCataloger } from '../records.ts';
import { parsePoetryLock } from './parse.ts';

/** What Poetry was told to install. */
export const poetryLock = recordCataloger({
  id: 'poetry-lock',
  title: 'Python packages in poetry.lock',
  references: ['https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'poetry.lock', maxBytes: 16 * 1024 * 1024 }],
  parse: parsePoetryLock,
});
