import type { Package } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { type ApkRecord, parseInstalled } from './parse.ts';

type ApkFragment = { readonly records: readonly ApkRecord[] };

const maxBytes = 64 * 1024 * 1024;

/** Packages of Alpine, Wolfi, Chainguard and other users of apk-tools. */
export const apkDb: Cataloger<ApkFragment> = {
  id: 'apk-db',
  title: 'Alpine packages in the apk database',
  references: [
    'https://wiki.alpinelinux.org/wiki/Apk_spec',
    'https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd',
  ],
  maturity: 'stable',
  type: 'apk',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'path', path: 'lib/apk/db/installed', maxBytes },
    { kind: 'path', path: 'usr/lib/apk/db/installed', maxBytes },
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<ApkFragment> {
  const { records, problems } = parseInstalled(file.text(), file.path);
  return records.length > 0 ? { fragment: { records }, problems } : { problems };
}

/** On a merged /usr both paths lead to one file: a package is taken once. */
function assemble(fragments: readonly VisibleFragment<ApkFragment>[]): Assembly {
  const packages = new Map<string, { package: Package; path: string; layer: number }>();
  const layerOf = attribution<ApkFragment>(({ records }) => records.map(recordKey));
  for (const visible of fragments) {
    for (const record of visible.fragment.records) {
      const key = recordKey(record);
      if (packages.has(key)) continue;
      packages.set(key, { package: toPackage(record), path: visible.path, layer: layerOf(visible, key) });
    }
  }
  return { packages: [...packages.values()], problems: [] };
}

function toPackage(record: ApkRecord): Package {
  const { origin, licence, ...own } = record;
  return {
    type: 'apk',
    ...own,
    source: { name: origin ?? record.name, version: record.version },
    licences: licence === undefined ? [] : [licence],
  };
}
