import { lockCataloger } from '../manifest.ts';
import { isPyproject, parseAskedProject } from '../python-manifest.ts';
import { normalisedName } from '../python-requirement.ts';
import { parsePoetryLock } from './parse.ts';

/** What Poetry was told to install; the pyproject.toml beside it tells what for. */
export const poetryLock = lockCataloger({
  id: 'poetry-lock',
  title: 'Python packages in poetry.lock',
  references: ['https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'poetry.lock', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'pyproject.toml', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePoetryLock,
  isManifest: isPyproject,
  parseAsked: parseAskedProject,
  nameKey: normalisedName,
});
