import { recordCataloger } from '../records.ts';
import { parsePipfileLock } from './parse.ts';

/** What Pipenv was told to install. */
export const pipfileLock = recordCataloger({
  id: 'pipfile-lock',
  title: 'Python packages in Pipfile.lock',
  references: ['https://pipenv.pypa.io/en/latest/pipfile.html', 'https://github.com/pypa/pipfile'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 2,
  files: [{ kind: 'name', name: 'Pipfile.lock', maxBytes: 16 * 1024 * 1024 }],
  parse: parsePipfileLock,
});
