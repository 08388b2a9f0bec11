import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { type PhpValue, parseSerialized } from './serialized.ts';

/** `.registry/<package>.reg`, and `.registry/.channel.<channel>/<package>.reg` for channels beside the main one. */
export function parseRegistry(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pear-registry', 'registry of PEAR');
  if (!/(?:^|\/)\.registry\/(?:\.channel\.[^/]+\/)?[^/]+$/.test(file.path)) return records.result();
  const document = parseSerialized(file.bytes());
  if (!document.ok) {
    records.unreadable(document.error);
    return records.result();
  }
  const text = (...path: string[]): string => textAt(document.value, path);
  // Descriptions of version 1 have the version itself there, and the name as `package`.
  const name = text('name') || text('package');
  const channel = text('channel') || 'pear.php.net';
  const licence = text('license') || text('license', '_content') || text('release_license');
  if (name === '') records.unusable();
  else
    records.add({
      name: `${channel}/${name}`,
      version: text('version', 'release') || text('version'),
      ...(licence === '' ? {} : { licences: [licence] }),
    });
  return records.result();
}

function textAt(value: PhpValue, path: readonly string[]): string {
  let at: PhpValue | undefined = value;
  for (const name of path) at = at instanceof Map ? at.get(name) : undefined;
  return typeof at === 'string' ? at : '';
}
