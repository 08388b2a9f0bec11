import { directoryCataloger } from '../package-directories.ts';
import { parseMeta } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;

/** Perl distributions that cpanm or carton installed. Perl's own and those of a system package leave no such record. */
export const cpanDistribution = directoryCataloger({
  id: 'cpan-distribution',
  title: 'Perl distributions that cpanm installed',
  references: ['https://metacpan.org/pod/CPAN::Meta::Spec', 'https://metacpan.org/dist/App-cpanminus/view/bin/cpanm'],
  maturity: 'stable',
  type: 'cpan',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'name', name: 'install.json', maxBytes },
    { kind: 'name', name: 'MYMETA.json', maxBytes },
  ],
  what: 'record of an installed CPAN distribution',
  parse: parseMeta,
});
