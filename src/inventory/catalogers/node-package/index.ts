import { recordCataloger } from '../records.ts';
import { parsePackageJson } from './parse.ts';

/** npm packages as they lie in `node_modules` and where Debian keeps them, whichever package manager put them there. */
export const nodePackage = recordCataloger({
  id: 'node-package',
  title: 'Installed npm packages by their package.json',
  references: ['https://docs.npmjs.com/cli/configuring-npm/package-json', 'https://nodejs.org/api/modules.html'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'installed',
  revision: 2,
  files: [{ kind: 'name', name: 'package.json', maxBytes: 4 * 1024 * 1024 }],
  parse: parsePackageJson,
});
