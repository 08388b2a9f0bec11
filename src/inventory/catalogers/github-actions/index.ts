import { recordCataloger } from '../records.ts';
import { parseUses } from './parse.ts';

const maxBytes = 2 * 1024 * 1024;
const WORKFLOWS = ['.github/workflows', '.gitea/workflows', '.forgejo/workflows'];

/** Actions that the workflows of a repository run, with whatever rights they give them. */
export const githubActions = recordCataloger({
  id: 'github-actions',
  title: 'Actions and reusable workflows that GitHub Actions files use',
  references: [
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runsstepsuses',
  ],
  maturity: 'stable',
  type: 'github',
  evidence: 'declared',
  revision: 1,
  files: [
    ...WORKFLOWS.flatMap((path) =>
      ['.yml', '.yaml'].map((suffix) => ({ kind: 'directory', path, suffix, maxBytes }) as const),
    ),
    { kind: 'name', name: 'action.yml', maxBytes },
    { kind: 'name', name: 'action.yaml', maxBytes },
  ],
  parse: parseUses,
});
