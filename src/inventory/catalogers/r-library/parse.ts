import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { controlStanzas } from '../control-stanzas.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const WANTED = new Set(['package', 'version', 'license', 'maintainer', 'built', 'priority']);

/**
 * `DESCRIPTION` of a package in a library. `R CMD INSTALL` adds the field `Built`, which a package's sources do not have:
 * without it the file describes nothing that is installed.
 */
export function parseDescription(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'r-library', 'library of R');
  const [fields] = controlStanzas(file.text(), { wanted: WANTED, identity: 'package', onUnreadable: () => undefined });
  if (!fields?.has('built') || fields.get('priority') === 'base') return records.result();
  const licence = fields.get('license');
  records.add({
    name: fields.get('package') ?? '',
    version: fields.get('version') ?? '',
    ...(licence ? { licences: [licence] } : {}),
    ...optional('maintainer', fields.get('maintainer')),
  });
  return records.result();
}
