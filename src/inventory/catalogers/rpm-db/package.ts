import type { Package } from '#model/index.ts';
import { optional } from '../../optional.ts';
import { recordKey } from '../attribution.ts';
import type { RpmRecord } from './header.ts';

/** What makes a record the same package in another database or an older layer. */
export function identity(record: RpmRecord): string {
  const { name, architecture } = record;
  return recordKey({ name, version: evr(record), ...optional('architecture', architecture) });
}

export function toPackage(record: RpmRecord): Package {
  const source = parseSourceRpm(record.sourceRpm ?? '');
  return {
    type: 'rpm',
    name: record.name,
    version: evr(record),
    ...optional('architecture', record.architecture),
    ...(source === undefined ? {} : { source }),
    licences: record.licence === undefined ? [] : [record.licence],
    ...optional('vendor', record.vendor),
    ...optional('maintainer', record.packager),
    ...optional('modularity', record.modularity),
    ...(record.files === undefined ? {} : { files: record.files }),
  };
}

/** `epoch:version-release`; an epoch of 0 means the same as none and is not written. */
function evr({ epoch, version, release }: RpmRecord): string {
  return `${epoch ? `${epoch}:` : ''}${version}-${release}`;
}

/** `bash-5.1.8-6.el9.src.rpm` → bash, 5.1.8-6.el9. The file name never says the epoch. */
export function parseSourceRpm(fileName: string): { name: string; version: string } | undefined {
  const stem = /^(.+)\.(?:src|nosrc)\.rpm$/.exec(fileName)?.[1] ?? '';
  const release = stem.lastIndexOf('-');
  const version = stem.lastIndexOf('-', release - 1);
  if (release <= 0 || version <= 0) return undefined;
  return { name: stem.slice(0, version), version: stem.slice(version + 1) };
}
