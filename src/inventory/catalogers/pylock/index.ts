import { recordCataloger } from '../records.ts';
import { parsePylock } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What any tool was told to install that follows the common form of lock files. */
export const pylock = recordCataloger({
  id: 'pylock',
  title: 'Python packages in pylock.toml',
  references: ['https://packaging.python.org/en/latest/specifications/pylock-toml/'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'pylock.toml', maxBytes },
    { kind: 'name', name: 'pylock.dev.toml', maxBytes },
  ],
  parse: parsePylock,
});
