import { recordCataloger } from '../records.ts';
import { parseRegistry } from './parse.ts';

/** PHP packages of PEAR and extensions of PECL. */
export const pearRegistry = recordCataloger({
  id: 'pear-registry',
  title: 'Installed PEAR and PECL packages of PHP',
  references: ['https://pear.php.net/manual/en/guide.users.concepts.php', 'https://pecl.php.net/'],
  maturity: 'stable',
  type: 'pear',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.reg', maxBytes: 64 * 1024 * 1024 }],
  parse: parseRegistry,
});
