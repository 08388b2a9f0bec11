import { recordCataloger } from '../records.ts';
import { parseRequirements } from './parse.ts';

const maxBytes = 4 * 1024 * 1024;
const NAMES = [
  'base',
  'build',
  'ci',
  'common',
  'dev',
  'development',
  'docs',
  'lint',
  'local',
  'prod',
  'production',
  'test',
  'testing',
  'tests',
];

/** What pip is told to install, where it is told an exact version. */
export const pipRequirements = recordCataloger({
  id: 'pip-requirements',
  title: 'Pinned Python packages in requirements.txt',
  references: [
    'https://pip.pypa.io/en/stable/reference/requirements-file-format/',
    'https://packaging.python.org/en/latest/specifications/dependency-specifiers/',
  ],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: 'requirements.txt', maxBytes },
    ...NAMES.map((name) => ({ kind: 'name', name: `requirements-${name}.txt`, maxBytes }) as const),
    ...NAMES.map((name) => ({ kind: 'suffix', suffix: `requirements/${name}.txt`, maxBytes }) as const),
  ],
  parse: parseRequirements,
});
