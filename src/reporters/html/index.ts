import type { Reporter } from '../reporter.ts';
export const html: Reporter = {
  id: 'html',
  title: 'One self-contained page',
  references: ['https://html.spec.whatwg.org/'],
  maturity: 'stable',
  mediaType: 'text/html',
  fileExtension: '.html',
  render: () => [''],
};
