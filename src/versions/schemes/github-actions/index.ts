import type { VersionScheme } from '../../version-scheme.ts';
import { compareGithubActions } from './compare.ts';

export const githubActions = {
  id: 'github-actions',
  title: 'Tags of GitHub Actions, in semantic version order',
  references: [
    'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax',
    'https://semver.org/spec/v2.0.0.html',
  ],
  maturity: 'incubating',
  compare: compareGithubActions,
} as const satisfies VersionScheme;
