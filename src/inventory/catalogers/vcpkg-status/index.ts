import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { installedIn } from './installed.ts';
import { parseStatus, type VcpkgParagraph } from './parse.ts';

type StatusFragment = { readonly paragraphs: readonly VcpkgParagraph[] };

const maxBytes = 32 * 1024 * 1024;

/**
 * Libraries that vcpkg has built and installed. Its database is one file and the updates since, which the next run of vcpkg writes
 * into that file.
 */
export const vcpkgStatus: Cataloger<StatusFragment> = {
  id: 'vcpkg-status',
  title: 'Installed C and C++ libraries by the database of vcpkg',
  references: ['https://learn.microsoft.com/en-us/vcpkg/reference/installation-tree-layout'],
  maturity: 'stable',
  type: 'vcpkg',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'suffix', suffix: 'vcpkg/status', maxBytes },
    // `vcpkg/updates/0000000004`.
    { kind: 'prefix', prefix: '00000', maxBytes },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<StatusFragment> {
  if (file.size === 0 || !/^(?:status|updates\/\d{1,15})$/.test(afterDatabase(file.path))) return { problems: [] };
  const { paragraphs, problems } = parseStatus(file);
  return paragraphs.length > 0 ? { fragment: { paragraphs }, problems } : { problems };
}

/** What stands behind `vcpkg/`; a sample lies at the root. */
function afterDatabase(path: string): string {
  const at = path.lastIndexOf('vcpkg/');
  return at === -1 ? path : path.slice(at + 'vcpkg/'.length);
}

function assemble(fragments: readonly VisibleFragment<StatusFragment>[]): Assembly {
  const databases = Map.groupBy(fragments, ({ path }) => path.slice(0, path.length - afterDatabase(path).length));
  return { packages: [...databases.values()].flatMap((files) => installedIn(files)), problems: [] };
}
