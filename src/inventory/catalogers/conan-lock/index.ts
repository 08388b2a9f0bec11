import { recordCataloger } from '../records.ts';
import { parseConanLock } from './parse.ts';

/** C and C++ libraries that Conan resolved. */
export const conanLock = recordCataloger({
  id: 'conan-lock',
  title: 'C and C++ libraries in conan.lock, of Conan 1 and 2',
  references: [
    'https://docs.conan.io/2/tutorial/versioning/lockfiles.html',
    'https://docs.conan.io/1/versioning/lockfiles/introduction.html',
  ],
  maturity: 'stable',
  type: 'conan',
  evidence: 'declared',
  revision: 1,
  files: [{ kind: 'name', name: 'conan.lock', maxBytes: 16 * 1024 * 1024 }],
  parse: parseConanLock,
});
