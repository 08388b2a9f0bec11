import { recordCataloger } from '../records.ts';
import { parseComposerLock } from './parse.ts';

/** What Composer was told to install. */
export const composerLock = recordCataloger({
  id: 'composer-lock',
  title: 'PHP packages in composer.lock',
  references: ['https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control'],
  maturity: 'stable',
  type: 'composer',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'composer.lock', maxBytes: 32 * 1024 * 1024 }],
  parse: parseComposerLock,
});
