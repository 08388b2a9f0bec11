import { linesOf } from '#foundation/documents/index.ts';
import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { licencesOf } from './licence.ts';

/** The description follows the fields and may be a book. */
const MAX_HEAD_BYTES = 512 * 1024;
const WANTED = new Set(['name', 'version', 'license', 'license-expression', 'classifier']);
const MAX_FIELDS = 2000;

/** Reads the fields of `METADATA`, `PKG-INFO` or a lone `.egg-info`: mail headers, up to the first empty line. */
export function parseMetadata(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'python-package', 'Python package metadata file');
  const fields = fieldsOf(asBuffer(file.slice(0, MAX_HEAD_BYTES)).toString('utf8'));
  const folder = nameAndVersionIn(file.path);
  const name = fields.get('name')?.[0] || folder?.name;
  const version = fields.get('version')?.[0] || folder?.version;
  if (name === undefined || version === undefined) records.unusable(name);
  else records.add({ name, version, licences: licencesOf(fields) });
  return records.result();
}

function fieldsOf(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const line of linesOf(text)) {
    if (line === '') break;
    const colon = line.indexOf(':');
    // A line that is indented continues the field above; of those, none is wanted.
    if (colon <= 0 || line.charCodeAt(0) <= 32) continue;
    const field = line.slice(0, colon).toLowerCase();
    if (!WANTED.has(field) || ++count > MAX_FIELDS) continue;
    const values = fields.get(field) ?? [];
    values.push(line.slice(colon + 1).trim());
    fields.set(field, values);
  }
  return fields;
}

/** `requests-2.31.0.dist-info`, `setuptools-65.5.0-py3.11.egg-info`: metadata that was cut may still be named. */
function nameAndVersionIn(path: string): { name: string; version: string } | undefined {
  const match = /(?:^|\/)([^/-]{1,200})-([^/-]{1,100})(?:-[^/]{0,100})?\.(?:dist-info|egg-info|egg)(?:\/|$)/.exec(path);
  return match?.[1] && match[2] ? { name: match[1], version: match[2] } : undefined;
}
