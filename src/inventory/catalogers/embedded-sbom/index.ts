import { recordCataloger } from '../records.ts';
import { parseEmbedded } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;

/**
 * Bills of materials that lie in an image: of what the binaries of a wheel link (PEP 770), of an application that its build
 * described, of packages that a distribution describes so. What other catalogers find themselves is left to them: see
 * `withoutEmbeddedRepeats`.
 */
export const embeddedSbom = recordCataloger({
  id: 'embedded-sbom',
  title: 'Components of SBOMs that lie beside what they describe',
  references: ['https://peps.python.org/pep-0770/', 'https://cyclonedx.org/', 'https://spdx.dev/'],
  maturity: 'stable',
  type: 'generic',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.cdx.json', maxBytes },
    { kind: 'suffix', suffix: '.cdx.xml', maxBytes },
    { kind: 'suffix', suffix: '.cyclonedx.json', maxBytes },
    { kind: 'suffix', suffix: '.spdx.json', maxBytes },
    { kind: 'suffix', suffix: '.spdx', maxBytes },
    { kind: 'name', name: 'sbom.json', maxBytes },
    { kind: 'name', name: 'bom.json', maxBytes },
    { kind: 'name', name: 'bom.xml', maxBytes },
  ],
  parse: parseEmbedded,
});
