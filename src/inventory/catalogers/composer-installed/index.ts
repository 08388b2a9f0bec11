import { recordCataloger } from '../records.ts';
import { parseInstalledJson } from './parse.ts';

/** PHP packages as Composer records what it installed. */
export const composerInstalled = recordCataloger({
  id: 'composer-installed',
  title: 'Installed PHP packages in vendor/composer/installed.json',
  references: ['https://getcomposer.org/doc/07-runtime.md#installed-versions'],
  maturity: 'stable',
  type: 'composer',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: 'composer/installed.json', maxBytes: 32 * 1024 * 1024 }],
  parse: parseInstalledJson,
});
