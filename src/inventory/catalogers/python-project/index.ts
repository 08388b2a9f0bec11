import { requestCataloger } from '../requests.ts';
import { parseProject } from './parse.ts';

const maxBytes = 4 * 1024 * 1024;
const FILES = ['pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile'];
const LOCKS = ['poetry.lock', 'pdm.lock', 'uv.lock', 'pylock.toml', 'Pipfile.lock'];

/** What Python projects ask for, where no lock file tells what they got. */
export const pythonProject = requestCataloger({
  id: 'python-project',
  title: 'Python packages that projects without a lock file ask for',
  references: [
    'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
    'https://packaging.python.org/en/latest/specifications/dependency-groups/',
    'https://setuptools.pypa.io/en/latest/userguide/dependency_management.html',
  ],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [
    ...FILES.map((name) => ({ kind: 'name', name, maxBytes }) as const),
    ...LOCKS.map((name) => ({ kind: 'name', name, maxBytes: 16 * 1024 * 1024 }) as const),
  ],
  parse: parseProject,
  isBetter: (path) => LOCKS.some((name) => path.endsWith(name)),
});
