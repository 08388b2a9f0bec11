import type { Problem } from '#foundation/index.ts';
import type { Package, PathList } from '#model/index.ts';
import type { AssembleContext, Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { parseCopyright } from './copyright.ts';
import { parseFileList, parseMd5sums } from './files.ts';
import { type DpkgRecord, parseStatus } from './parse.ts';

/** What one file of the database says. */
type DpkgFragment =
  | { readonly kind: 'records'; readonly records: readonly DpkgRecord[] }
  | { readonly kind: 'files'; readonly paths: PathList }
  | { readonly kind: 'licences'; readonly licences: readonly string[] };

const MiB = 1024 * 1024;

/** Packages of Debian and its relatives, installed by dpkg or laid down by an image builder in dpkg's form (distroless). */
export const dpkgDb: Cataloger<DpkgFragment> = {
  id: 'dpkg-db',
  title: 'Debian packages in the dpkg database',
  references: [
    'https://manpages.debian.org/bookworm/dpkg/dpkg.1.en.html',
    'https://www.debian.org/doc/debian-policy/ch-controlfields.html',
    'https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
  ],
  maturity: 'stable',
  type: 'deb',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'path', path: 'var/lib/dpkg/status', maxBytes: 64 * MiB },
    { kind: 'directory', path: 'var/lib/dpkg/status.d', suffix: '', maxBytes: 4 * MiB },
    { kind: 'directory', path: 'var/lib/dpkg/info', suffix: '.list', maxBytes: 16 * MiB },
    { kind: 'name', name: 'copyright', under: 'usr/share/doc', maxBytes: 8 * MiB },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<DpkgFragment> {
  const { path } = file;
  if (file.size === 0) return { problems: [] };
  if (path.endsWith('.list')) return { fragment: { kind: 'files', paths: parseFileList(file.text()) }, problems: [] };
  if (path.endsWith('.md5sums')) return { fragment: { kind: 'files', paths: parseMd5sums(file.text()) }, problems: [] };
  if (path.endsWith('/copyright')) return readCopyright(file);
  const { records, problems } = parseStatus(file.text(), path);
  return records.length > 0 ? { fragment: { kind: 'records', records }, problems } : { problems };
}

/** Only `doc/<package>/copyright`; files of this name also lie deeper, as examples. */
function readCopyright(file: InputFile): Reading<DpkgFragment> {
  if (file.path.split('/').at(-3) !== 'doc') return { problems: [] };
  const licences = parseCopyright(file.text());
  return licences.length > 0 ? { fragment: { kind: 'licences', licences }, problems: [] } : { problems: [] };
}

function assemble(fragments: readonly VisibleFragment<DpkgFragment>[], _context: AssembleContext): Assembly {
  const files = filesByPackage(fragments);
  const licences = licencesByPackage(fragments);
  const packages: { package: Package; path: string; layer: number }[] = [];
  const layerOf = attribution(keysOf);
  const listed = fragments.flatMap(({ fragment }) => (fragment.kind === 'records' ? fragment.records : []));
  const bySource = licencesBySource(listed, licences);
  for (const visible of fragments) {
    if (visible.fragment.kind !== 'records') continue;
    for (const record of visible.fragment.records) {
      const owned = files.get(`${record.name}:${record.architecture ?? ''}`) ?? files.get(record.name);
      packages.push({
        package: {
          type: 'deb',
          ...record,
          licences: licences.get(record.name) ?? bySource.get(record.source.name) ?? [],
          ...(owned === undefined ? {} : { files: owned }),
        },
        path: visible.path,
        layer: layerOf(visible, recordKey(record)),
      });
    }
  }
  return { packages, problems: missingStatus(fragments, listed.length) };
}

function keysOf(fragment: DpkgFragment): string[] {
  return fragment.kind === 'records' ? fragment.records.map(recordKey) : [];
}

/** `libc6:amd64` for packages that may be installed for several architectures, `apt` for the others, as dpkg names the files. */
function filesByPackage(fragments: readonly VisibleFragment<DpkgFragment>[]): Map<string, PathList> {
  const files = new Map<string, PathList>();
  for (const { path, fragment } of fragments) {
    if (fragment.kind === 'files') files.set(lastPart(path).replace(/\.(?:list|md5sums)$/, ''), fragment.paths);
  }
  return files;
}

function licencesByPackage(fragments: readonly VisibleFragment<DpkgFragment>[]): Map<string, readonly string[]> {
  const licences = new Map<string, readonly string[]>();
  for (const { path, fragment } of fragments) {
    if (fragment.kind === 'licences') licences.set(lastPart(path.slice(0, path.lastIndexOf('/'))), fragment.licences);
  }
  return licences;
}

/** Debian lets a package's documentation be a link to that of another package of the same source (policy 12.5). */
function licencesBySource(
  records: readonly DpkgRecord[],
  licences: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const bySource = new Map<string, readonly string[]>();
  for (const record of records) {
    const own = licences.get(record.name);
    if (own !== undefined && !bySource.has(record.source.name)) bySource.set(record.source.name, own);
  }
  return bySource;
}

function missingStatus(fragments: readonly VisibleFragment<DpkgFragment>[], records: number): Problem[] {
  const list = fragments.find(({ path }) => path.startsWith('var/lib/dpkg/info/'));
  if (records > 0 || list === undefined) return [];
  const message =
    'dpkg file lists are there but no package record is: the dpkg database was removed or emptied, so its packages cannot be named';
  return [{ code: 'dpkg-database-missing', message, effect: 'incomplete', subject: list.path }];
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
