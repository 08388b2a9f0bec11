import { recordCataloger } from '../records.ts';
import { parseDescription } from './parse.ts';

/** R packages in a library, from CRAN, Bioconductor or elsewhere. Those that are R itself (`Priority: base`) are left out. */
export const rLibrary = recordCataloger({
  id: 'r-library',
  title: 'Installed R packages by their DESCRIPTION',
  references: ['https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file'],
  maturity: 'stable',
  type: 'cran',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'name', name: 'DESCRIPTION', maxBytes: 64 * 1024 * 1024 }],
  parse: parseDescription,
});
