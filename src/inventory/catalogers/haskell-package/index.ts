import { recordCataloger } from '../records.ts';
import { parsePackageConf } from './parse.ts';

/** Haskell libraries as ghc-pkg registers them: those of GHC itself, of distributions, of cabal and stack. */
export const haskellPackage = recordCataloger({
  id: 'haskell-package',
  title: 'Haskell libraries in GHC package databases',
  references: [
    'https://downloads.haskell.org/ghc/latest/docs/users_guide/packages.html#installedpackageinfo-a-package-specification',
  ],
  maturity: 'stable',
  type: 'hackage',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.conf', maxBytes: 64 * 1024 * 1024 }],
  parse: parsePackageConf,
});
