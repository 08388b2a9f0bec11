import { lockCataloger } from '../manifest.ts';
import { parseGemfile } from './gemfile.ts';
import { parseGemfileLock } from './parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** What Bundler was told to install; the Gemfile beside it tells what for. */
export const gemfileLock = lockCataloger({
  id: 'gemfile-lock',
  title: 'Ruby gems in Gemfile.lock',
  references: ['https://bundler.io/guides/using_bundler_in_applications.html#gemfile-lock'],
  maturity: 'stable',
  type: 'gem',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'Gemfile.lock', maxBytes },
    { kind: 'name', name: 'gems.locked', maxBytes },
    { kind: 'name', name: 'Gemfile', maxBytes: 1024 * 1024 },
    { kind: 'name', name: 'gems.rb', maxBytes: 1024 * 1024 },
  ],
  parse: parseGemfileLock,
  isManifest: (path) => /(?:^|\/)(?:Gemfile|gems\.rb)$/.test(path),
  parseAsked: parseGemfile,
});
