import { directoryCataloger } from '../package-directories.ts';
import { fileName } from '../places.ts';
import { parseDescription, parseFiles } from './parse.ts';

const MiB = 1024 * 1024;
const DATABASE = 'var/lib/pacman/local';

/** Packages of Arch Linux, Manjaro and other users of pacman. */
export const alpmDb = directoryCataloger({
  id: 'alpm-db',
  title: 'Arch Linux packages in the pacman database',
  references: [
    'https://man.archlinux.org/man/pacman.8',
    'https://wiki.archlinux.org/title/Pacman#Package_database',
    'https://man.archlinux.org/man/vercmp.8',
  ],
  maturity: 'stable',
  type: 'alpm',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'desc', under: DATABASE, maxBytes: MiB },
    { kind: 'name', name: 'files', under: DATABASE, maxBytes: 64 * MiB },
  ],
  what: 'pacman record',
  parse: (file) => ({
    part: fileName(file.path) === 'files' ? { files: parseFiles(file.text()) } : parseDescription(file.text()),
    problems: [],
  }),
});
