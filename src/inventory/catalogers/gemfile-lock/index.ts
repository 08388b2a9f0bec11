import { recordCataloger } from '../records.ts';
import { parseGemfileLock } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What Bundler was told to install. */
export const gemfileLock = recordCataloger({
  id: 'gemfile-lock',
  title: 'Ruby gems in Gemfile.lock',
  references: ['https://bundler.io/guides/using_bundler_in_applications.html#gemfile-lock'],
  maturity: 'stable',
  type: 'gem',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'Gemfile.lock', maxBytes },
    { kind: 'name', name: 'gems.locked', maxBytes },
  ],
  parse: parseGemfileLock,
});
