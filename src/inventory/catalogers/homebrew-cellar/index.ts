import { directoryCataloger } from '../package-directories.ts';
import { fileName } from '../places.ts';
import { kegOf, parseKeg } from './parse.ts';

const MiB = 1024 * 1024;
const CELLARS = ['home/linuxbrew/.linuxbrew/Cellar', 'opt/homebrew/Cellar', 'usr/local/Cellar'];

/** Formulae that Homebrew poured or built. */
export const homebrewCellar = directoryCataloger({
  id: 'homebrew-cellar',
  title: 'Homebrew formulae in the Cellar',
  references: ['https://docs.brew.sh/Formula-Cookbook', 'https://docs.brew.sh/Homebrew-on-Linux'],
  maturity: 'stable',
  type: 'brew',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'INSTALL_RECEIPT.json', maxBytes: 16 * MiB },
    ...CELLARS.map((under) => ({ kind: 'suffix', suffix: '.rb', under, maxBytes: 8 * MiB }) as const),
  ],
  what: 'Homebrew receipt',
  parse: parseKeg,
  packageOf: kegOf,
  isStronger: (path) => fileName(path) === 'INSTALL_RECEIPT.json',
});
