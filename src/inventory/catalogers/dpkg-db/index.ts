import type { Problem } from '#foundation/index.ts';
import type { Package, PathList } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { parseFileList } from '../file-list.ts';
import { directoryOf, fileName } from '../places.ts';
import { parseChisel } from './chisel.ts';
import { parseCopyright } from './copyright.ts';
import { parseMd5sums } from './files.ts';
import { type DpkgRecord, parseStatus } from './parse.ts';

/** What one file of the database says. */
type DpkgFragment =
  | { readonly kind: 'records'; readonly records: readonly DpkgRecord[] }
  | { readonly kind: 'files'; readonly paths: PathList }
  | {
      readonly kind: 'chisel';
      readonly records: readonly DpkgRecord[];
      readonly files: { readonly [name: string]: PathList };
    }
  | { readonly kind: 'licences'; readonly licences: readonly string[] };

const MiB = 1024 * 1024;
const CHISEL_MANIFEST = 'var/lib/chisel/manifest.wall';

/**
 * Packages of Debian and its relatives: installed by dpkg, laid down by an image builder in dpkg's form (distroless), or the
 * parts of them that chisel cut out.
 */
export const dpkgDb: Cataloger<DpkgFragment> = {
  id: 'dpkg-db',
  title: 'Debian packages in the dpkg database',
  references: [
    'https://manpages.debian.org/bookworm/dpkg/dpkg.1.en.html',
    'https://www.debian.org/doc/debian-policy/ch-controlfields.html',
    'https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/',
  ],
  maturity: 'stable',
  type: 'deb',
  evidence: 'installed',
  revision: 2,
  files: [
    { kind: 'path', path: 'var/lib/dpkg/status', maxBytes: 64 * MiB },
    { kind: 'directory', path: 'var/lib/dpkg/status.d', suffix: '', maxBytes: 4 * MiB },
    { kind: 'directory', path: 'var/lib/dpkg/info', suffix: '.list', maxBytes: 8 * MiB },
    { kind: 'path', path: CHISEL_MANIFEST, maxBytes: 32 * MiB },
    { kind: 'name', name: 'copyright', under: 'usr/share/doc', maxBytes: 4 * MiB },
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
  if (path === CHISEL_MANIFEST) return readChisel(file);
  const { records, problems } = parseStatus(file.text(), path);
  return records.length > 0 ? { fragment: { kind: 'records', records }, problems } : { problems };
}

function readChisel(file: InputFile): Reading<DpkgFragment> {
  const { records, files, problems } = parseChisel(file.bytes(), file.path);
  return records.length > 0 ? { fragment: { kind: 'chisel', records, files }, problems } : { problems };
}

/** Only `doc/<package>/copyright`; files of this name also lie deeper, as examples. */
function readCopyright(file: InputFile): Reading<DpkgFragment> {
  if (file.path.split('/').at(-3) !== 'doc') return { problems: [] };
  const licences = parseCopyright(file.text());
  return licences.length > 0 ? { fragment: { kind: 'licences', licences }, problems: [] } : { problems: [] };
}

function assemble(fragments: readonly VisibleFragment<DpkgFragment>[]): Assembly {
  const packages = new Map<string, { package: Package; path: string; layer: number }>();
  const describe = packageWriter(fragments);
  const layerOf = attribution(keysOf);
  for (const visible of fragments) {
    for (const record of recordsOf(visible.fragment)) {
      const key = recordKey(record);
      // An image built on a distroless one may list a package in `status` and in `status.d`.
      if (packages.has(key)) continue;
      packages.set(key, { package: describe(record), path: visible.path, layer: layerOf(visible, key) });
    }
  }
  return { packages: [...packages.values()], problems: missingStatus(fragments, packages.size) };
}

/** Joins what the records, the file lists and the copyright files say. */
function packageWriter(fragments: readonly VisibleFragment<DpkgFragment>[]): (record: DpkgRecord) => Package {
  const files = filesByPackage(fragments);
  const licences = licencesByPackage(fragments);
  const bySource = licencesBySource(fragments, licences);
  return (record) => {
    const owned = files.get(`${record.name}:${record.architecture ?? ''}`) ?? files.get(record.name);
    return {
      type: 'deb',
      ...record,
      licences: licences.get(record.name) ?? bySource.get(record.source.name) ?? [],
      ...(owned === undefined ? {} : { files: owned }),
    };
  };
}

function recordsOf(fragment: DpkgFragment): readonly DpkgRecord[] {
  return fragment.kind === 'records' || fragment.kind === 'chisel' ? fragment.records : [];
}

function keysOf(fragment: DpkgFragment): string[] {
  return recordsOf(fragment).map(recordKey);
}

/** `libc6:amd64` for packages that may be installed for several architectures, `apt` for the others, as dpkg names the files. */
function filesByPackage(fragments: readonly VisibleFragment<DpkgFragment>[]): Map<string, PathList> {
  const files = new Map<string, PathList>();
  for (const { path, fragment } of fragments) {
    if (fragment.kind === 'files') files.set(fileName(path).replace(/\.(?:list|md5sums)$/, ''), fragment.paths);
    if (fragment.kind === 'chisel') for (const [name, paths] of Object.entries(fragment.files)) files.set(name, paths);
  }
  return files;
}

function licencesByPackage(fragments: readonly VisibleFragment<DpkgFragment>[]): Map<string, readonly string[]> {
  const licences = new Map<string, readonly string[]>();
  for (const { path, fragment } of fragments) {
    if (fragment.kind === 'licences') licences.set(fileName(directoryOf(path)), fragment.licences);
  }
  return licences;
}

/** Debian lets a package's documentation be a link to that of another package of the same source (policy 12.5). */
function licencesBySource(
  fragments: readonly VisibleFragment<DpkgFragment>[],
  licences: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const bySource = new Map<string, readonly string[]>();
  for (const record of fragments.flatMap(({ fragment }) => recordsOf(fragment))) {
    const own = licences.get(record.name);
    if (own !== undefined && !bySource.has(record.source.name)) bySource.set(record.source.name, own);
  }
  return bySource;
}

function missingStatus(fragments: readonly VisibleFragment<DpkgFragment>[], packages: number): Problem[] {
  const list = fragments.find(({ path }) => path.startsWith('var/lib/dpkg/info/'));
  if (packages > 0 || list === undefined) return [];
  const message =
    'Dpkg file lists are there but no package record is: the dpkg database was removed or emptied, so its packages cannot be named.';
  return [{ code: 'dpkg-database-missing', message, effect: 'incomplete', subject: list.path }];
}
