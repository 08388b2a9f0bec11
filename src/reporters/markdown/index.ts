import { inChunks } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { markdownDocument } from './document.ts';

export const markdown: Reporter = {
  id: 'markdown',
  title: 'Markdown: a summary for job pages and pull requests',
  references: [
    'https://github.github.com/gfm/',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary',
  ],
  maturity: 'stable',
  mediaType: 'text/markdown; charset=utf-8',
  fileExtension: '.md',
  render: (report) => inChunks(markdownDocument(report)),
};
