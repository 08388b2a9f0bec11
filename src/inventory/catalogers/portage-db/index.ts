import type { InputFile } from '../../cataloger.ts';
import { directoryCataloger, type RecordPart } from '../package-directories.ts';
import { fileName } from '../places.ts';
import { parseLicence } from './licence.ts';
import { fromPlace, parseContents } from './parse.ts';

const KiB = 1024;
const DATABASE = 'var/db/pkg';

/** Packages of Gentoo and what is built with Portage: Flatcar, ChromeOS. */
export const portageDb = directoryCataloger({
  id: 'portage-db',
  title: 'Gentoo packages in the Portage database',
  references: ['https://projects.gentoo.org/pms/8/pms.html', 'https://wiki.gentoo.org/wiki//var/db/pkg'],
  maturity: 'stable',
  type: 'ebuild',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'CONTENTS', under: DATABASE, maxBytes: 64 * KiB * KiB },
    { kind: 'name', name: 'LICENSE', under: DATABASE, maxBytes: 64 * KiB },
    { kind: 'name', name: 'SLOT', under: DATABASE, maxBytes: 4 * KiB },
    { kind: 'name', name: 'repository', under: DATABASE, maxBytes: 4 * KiB },
  ],
  what: 'package of the Portage database',
  parse: (file) => ({ part: parsePart(file), problems: [] }),
  fromPlace,
  // A package that is being merged lies under a name of its own until it is whole.
  isPackage: (place) => !fileName(place).startsWith('-MERGING-'),
});

function parsePart(file: InputFile): RecordPart {
  switch (fileName(file.path)) {
    case 'CONTENTS':
      return { files: parseContents(file.text()) };
    case 'LICENSE':
      return { licences: parseLicence(file.text()) };
    case 'SLOT':
      return qualifier('slot', file.text());
    default:
      return qualifier('repository', file.text());
  }
}

/** The slot without the sub-slot, and what is the same for nearly all packages left out: slot 0, the main tree. */
function qualifier(key: string, text: string): RecordPart {
  const value = text.trim().split('/', 1)[0] ?? '';
  const isPlain = /^[A-Za-z0-9_.+-]{1,100}$/.test(value) && value !== '0' && value !== 'gentoo';
  return isPlain ? { qualifiers: { [key]: value } } : {};
}
