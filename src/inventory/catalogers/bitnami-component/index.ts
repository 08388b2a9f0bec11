import type { Assembly, Cataloger, VisibleFragment } from '../../cataloger.ts';
import { type RecordsFragment, recordCataloger } from '../records.ts';
import { parseComponents } from './parse.ts';

const maxBytes = 64 * 1024 * 1024;
const ROOT = 'opt/bitnami';

const records = recordCataloger({
  id: 'bitnami-component',
  title: 'Components of Bitnami images by their SPDX documents',
  references: ['https://github.com/bitnami/vulndb', 'https://spdx.github.io/spdx-spec/v2.3/'],
  maturity: 'stable',
  type: 'bitnami',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: '.spdx', under: ROOT, maxBytes },
    { kind: 'path', path: `${ROOT}/.bitnami_components.json`, maxBytes },
  ],
  parse: parseComponents,
});

/** Applications that Bitnami built into an image, and the libraries that their documents name. */
export const bitnamiComponent: Cataloger<RecordsFragment> = { ...records, assemble };

type Found = Assembly['packages'][number];

/** The list of components adds those that have no document of their own. */
function assemble(fragments: readonly VisibleFragment<RecordsFragment>[]): Assembly {
  const { packages, problems } = records.assemble(fragments, {});
  const documented = new Set(packages.filter((found) => !isList(found)).map(identity));
  return { packages: packages.filter((found) => !isList(found) || !documented.has(identity(found))), problems };
}

function isList({ path }: Found): boolean {
  return path.endsWith('/.bitnami_components.json');
}

/** Whatever the version: documents of old images lack the revision. */
function identity({ package: { type, name } }: Found): string {
  return `${type}\0${name}`;
}
