import { lockCataloger } from '../manifest.ts';
import { isPyproject, parseAskedProject } from '../python-manifest.ts';
import { normalisedName } from '../python-requirement.ts';
import { parsePylock } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What any tool was told to install that follows the common form of lock files. */
export const pylock = lockCataloger({
  id: 'pylock',
  title: 'Python packages in pylock.toml',
  references: ['https://packaging.python.org/en/latest/specifications/pylock-toml/'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'prefix', prefix: 'pylock.', maxBytes },
    { kind: 'name', name: 'pyproject.toml', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePylock,
  isManifest: isPyproject,
  parseAsked: parseAskedProject,
  nameKey: normalisedName,
});
