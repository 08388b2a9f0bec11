import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const WANTED = new Set(['name', 'version', 'license', 'maintainer', 'package-name', 'lib-name']);
const MAX_VALUE = 500;

/** An entry of a GHC package database: `field: value`, the value on further lines where these are indented. */
export function parsePackageConf(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'haskell-package', 'package database of GHC');
  if (!/(?:^|\/)package\.conf\.d\/[^/]+$/.test(file.path)) return records.result();
  const fields = fieldsOf(file.text());
  const licence = fields.get('license');
  records.add({
    // A library inside a package has a name of its own, `z-attoparsec-z-internal`, and names the package beside it.
    name: fields.get('package-name') ?? fields.get('name') ?? '',
    version: fields.get('version') ?? '',
    ...(licence ? { licences: [licence] } : {}),
    ...optional('maintainer', fields.get('maintainer')),
  });
  return records.result();
}

function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let open = '';
  for (const line of linesOf(text)) {
    const isIndented = /^[ \t]/.test(line);
    const colon = line.indexOf(':');
    if (!isIndented) open = '';
    if (!isIndented && colon > 0 && colon < 40) {
      const name = line.slice(0, colon).toLowerCase();
      if (!WANTED.has(name) || fields.has(name)) continue;
      open = name;
      fields.set(name, line.slice(colon + 1, colon + MAX_VALUE).trim());
    } else if (open !== '' && fields.get(open) === '') fields.set(open, line.slice(0, MAX_VALUE).trim());
  }
  return fields;
}
