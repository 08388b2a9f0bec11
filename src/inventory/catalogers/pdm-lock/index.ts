import { recordCataloger } from '../records.ts';
import { parsePdmLock } from './parse.ts';

/** What PDM was told to install. */
export const pdmLock = recordCataloger({
  id: 'pdm-lock',
  title: 'Python packages in pdm.lock',
  references: ['https://pdm-project.org/en/latest/usage/lockfile/'],
  maturity: 'stable',
  type: 'pypi',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'pdm.lock', maxBytes: 16 * 1024 * 1024 }],
  parse: parsePdmLock,
});
