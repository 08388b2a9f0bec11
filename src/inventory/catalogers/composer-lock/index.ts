import { lockCataloger } from '../manifest.ts';
import { parseComposerJson, parseComposerLock } from './parse.ts';

/** What Composer was told to install; the composer.json beside it tells which of it by name. */
export const composerLock = lockCataloger({
  id: 'composer-lock',
  title: 'PHP packages in composer.lock',
  references: ['https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control'],
  maturity: 'stable',
  type: 'composer',
  evidence: 'declared',
  revision: 2,
  files: [
    { kind: 'name', name: 'composer.lock', maxBytes: 32 * 1024 * 1024 },
    { kind: 'name', name: 'composer.json', maxBytes: 4 * 1024 * 1024 },
  ],
  parse: parseComposerLock,
  isManifest: (path) => /(?:^|\/)composer\.json$/.test(path),
  parseAsked: parseComposerJson,
  nameKey: (name) => name.toLowerCase(),
});
