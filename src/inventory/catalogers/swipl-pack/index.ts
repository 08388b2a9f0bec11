import { recordCataloger } from '../records.ts';
import { parsePack } from './parse.ts';

/** Add-ons of SWI-Prolog. */
export const swiplPack = recordCataloger({
  id: 'swipl-pack',
  title: 'SWI-Prolog packs by their pack.pl',
  references: ['https://www.swi-prolog.org/howto/Pack.html'],
  maturity: 'stable',
  type: 'swipl',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'name', name: 'pack.pl', maxBytes: 16 * 1024 * 1024 }],
  parse: parsePack,
});
