import { type Package, parseSourceRpm } from '#model/index.ts';
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
