import type { PathList } from '#model/index.ts';
import type { Assembly, Cataloger, FilePattern, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { parseFileList } from '../file-list.ts';
import { fileName } from '../places.ts';
import { type PackageRecord, toPackage } from '../records.ts';
import { parseControl } from './parse.ts';

type OpkgFragment =
  | { readonly kind: 'status'; readonly records: readonly PackageRecord[] }
  | { readonly kind: 'control'; readonly records: readonly PackageRecord[] }
  | { readonly kind: 'files'; readonly paths: PathList };

const MiB = 1024 * 1024;
const DATABASES = ['usr/lib/opkg', 'var/lib/opkg', 'opt/lib/opkg'];

const files = DATABASES.flatMap((database): FilePattern[] => [
  { kind: 'path', path: `${database}/status`, maxBytes: 64 * MiB },
  { kind: 'directory', path: `${database}/info`, suffix: '.control', maxBytes: MiB },
  { kind: 'directory', path: `${database}/info`, suffix: '.list', maxBytes: 8 * MiB },
]);

/** Packages of OpenWrt (before it took to apk), Entware and Yocto builds. */
export const opkgDb: Cataloger<OpkgFragment> = {
  id: 'opkg-db',
  title: 'OpenWrt and Yocto packages in the opkg database',
  references: [
    'https://openwrt.org/docs/guide-user/additional-software/opkg',
    'https://git.yoctoproject.org/opkg/about/',
  ],
  maturity: 'stable',
  type: 'opkg',
  evidence: 'installed',
  revision: 1,
  files,
  read,
  assemble,
};

function read(file: InputFile): Reading<OpkgFragment> {
  if (file.size === 0) return { problems: [] };
  if (file.path.endsWith('.list'))
    return { fragment: { kind: 'files', paths: parseFileList(file.text()) }, problems: [] };
  const kind = file.path.endsWith('.control') ? 'control' : 'status';
  const { records, problems } = parseControl(file.text(), file.path);
  return records.length > 0 ? { fragment: { kind, records }, problems } : { problems };
}

type Visible = VisibleFragment<OpkgFragment>;

/**
 * `status` says what is installed, the control file beside it from which recipe and under which licence. Images of which
 * `status` was cut away still have the control files.
 */
function assemble(fragments: readonly Visible[]): Assembly {
  const packages = new Map<string, Assembly['packages'][number]>();
  const layerOf = attribution<OpkgFragment>((fragment) => recordsOf(fragment).map(recordKey));
  const details = detailsByName(fragments);
  const paths = pathsByName(fragments);
  const hasStatus = fragments.some(({ fragment }) => fragment.kind === 'status');
  for (const visible of fragments) {
    if (hasStatus && visible.fragment.kind !== 'status') continue;
    for (const record of recordsOf(visible.fragment)) {
      const key = recordKey(record);
      if (packages.has(key)) continue;
      const detail = details.get(`${record.name}\0${record.version}`) ?? {};
      const owned = paths.get(record.name);
      const whole = { ...detail, ...record, ...(owned === undefined ? {} : { files: owned }) };
      packages.set(key, { package: toPackage(whole, 'opkg'), path: visible.path, layer: layerOf(visible, key) });
    }
  }
  return { packages: [...packages.values()], problems: [] };
}

function recordsOf(fragment: OpkgFragment): readonly PackageRecord[] {
  return fragment.kind === 'files' ? [] : fragment.records;
}

function detailsByName(fragments: readonly Visible[]): Map<string, PackageRecord> {
  const controls = fragments.flatMap(({ fragment }) => (fragment.kind === 'control' ? fragment.records : []));
  return new Map(controls.map((record) => [`${record.name}\0${record.version}`, record]));
}

function pathsByName(fragments: readonly Visible[]): Map<string, PathList> {
  const paths = new Map<string, PathList>();
  for (const { path, fragment } of fragments) {
    if (fragment.kind === 'files') paths.set(fileName(path).replace(/\.list$/, ''), fragment.paths);
  }
  return paths;
}
