import { lockCataloger } from '../manifest.ts';
import { isPyproject, parseAskedProject } from '../python-manifest.ts';
import { normalisedName } from '../python-requirement.ts';
import { parsePdmLock } from './parse.ts';

/** What PDM was told to install; the pyproject.toml beside it tells what for. */
export const pdmLock = lockCataloger({
  id: 'pdm-lock',
  title: 'Python packages in pdm.lock',
  references: ['https://pdm-project.org/en/latest/usage/lockfile/'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'pdm.lock', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'pyproject.toml', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePdmLock,
  isManifest: isPyproject,
  parseAsked: parseAskedProject,
  nameKey: normalisedName,
});
