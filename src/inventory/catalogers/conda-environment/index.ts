import { recordCataloger } from '../records.ts';
import { parseEnvironment } from './parse.ts';

const maxBytes = 4 * 1024 * 1024;

/** What conda, and pip through conda, are told to install. */
export const condaEnvironment = recordCataloger({
  id: 'conda-environment',
  title: 'Conda and pip packages in environment.yml',
  references: [
    'https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html#create-env-file-manually',
    'https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html#package-match-specifications',
  ],
  maturity: 'stable',
  type: 'conda',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'environment.yml', maxBytes },
    { kind: 'name', name: 'environment.yaml', maxBytes },
  ],
  parse: parseEnvironment,
});
