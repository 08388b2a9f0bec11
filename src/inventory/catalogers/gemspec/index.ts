import { recordCataloger } from '../records.ts';
import { parseGemspec } from './parse.ts';

/** Ruby gems as RubyGems records them when it installs them, and those that come with Ruby itself. */
export const gemspec = recordCataloger({
  id: 'gemspec',
  title: 'Installed Ruby gems by their specifications',
  references: ['https://guides.rubygems.org/specification-reference/'],
  maturity: 'stable',
  type: 'gem',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.gemspec', maxBytes: 4 * 1024 * 1024 }],
  parse: parseGemspec,
});
