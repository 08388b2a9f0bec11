import { lockCataloger } from '../manifest.ts';
import { normalisedName } from '../python-requirement.ts';
import { parsePipfileLock } from './parse.ts';
import { parsePipfile } from './pipfile.ts';

/** What Pipenv was told to install; the Pipfile beside it tells which of it by name. */
export const pipfileLock = lockCataloger({
  id: 'pipfile-lock',
  title: 'Python packages in Pipfile.lock',
  references: ['https://pipenv.pypa.io/en/latest/pipfile.html', 'https://github.com/pypa/pipfile'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 3,
  files: [
    { kind: 'name', name: 'Pipfile.lock', maxBytes: 16 * 1024 * 1024 },
    { kind: 'name', name: 'Pipfile', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parsePipfileLock,
  isManifest: (path) => /(?:^|\/)Pipfile$/.test(path),
  parseAsked: parsePipfile,
  nameKey: normalisedName,
});
