import { linesOf } from '#foundation/documents/index.ts';
import { optional } from '../../optional.ts';
import type { RpmRecord } from './header.ts';

const MAX_RECORDS = 100_000;

/**
 * `var/lib/rpmmanifest/container-manifest-2`, which Azure Linux's distroless images have in place of a database:
 * tab-separated name, version-release, install and build time, vendor, epoch text, size, architecture, epoch number, source rpm.
 */
export function parseManifest(text: string): { records: RpmRecord[]; unreadable: number } {
  const records: RpmRecord[] = [];
  let unreadable = 0;
  for (const line of linesOf(text)) {
    if (line === '') continue;
    const record = records.length < MAX_RECORDS ? parseLine(line) : undefined;
    if (record) records.push(record);
    else unreadable++;
  }
  return { records, unreadable };
}

function parseLine(line: string): RpmRecord | undefined {
  const fields = line.split('\t', 11).map((field) => (field === '(none)' ? '' : field));
  const [name = '', versionRelease = '', , , vendor = '', , , architecture = '', epoch = '', sourceRpm = ''] = fields;
  const dash = versionRelease.lastIndexOf('-');
  if (fields.length < 10 || name === '' || dash < 1 || dash === versionRelease.length - 1) return undefined;
  return {
    name,
    version: versionRelease.slice(0, dash),
    release: versionRelease.slice(dash + 1),
    ...(/^\d{1,9}$/.test(epoch) ? { epoch: Number(epoch) } : {}),
    ...optional('architecture', architecture),
    ...optional('vendor', vendor),
    ...optional('sourceRpm', sourceRpm),
  };
}
