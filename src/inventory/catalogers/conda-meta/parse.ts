import { asMembers, asText, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { addHistory } from './history.ts';

export function parseCondaMeta(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'conda-meta', 'conda-meta record');
  if (!/(?:^|\/)conda-meta\/[^/]+$/.test(file.path) && file.path.includes('/')) return records.result();
  if (file.path.endsWith('/history')) addHistory(file.text(), records);
  else addRecord(file, records);
  return records.result();
}

function addRecord(file: InputFile, records: RecordCollector): void {
  const document = parseJson(file);
  if (!document.ok) {
    records.unreadable(document.error);
    return;
  }
  const record = asMembers(document.value);
  const name = asText(record?.['name']);
  const version = asText(record?.['version']);
  if (name === undefined || version === undefined || version === '') {
    records.unusable(name);
    return;
  }
  const licence = asText(record?.['license']);
  records.add({
    name,
    version,
    licences: licence === undefined ? [] : [licence],
    qualifiers: qualifiersOf(record?.['build'], record?.['channel'], record?.['subdir']),
  });
}

/** As the package URL has them: `channel` is the last part of its URL, `https://conda.anaconda.org/conda-forge/linux-64`. */
function qualifiersOf(build: unknown, channel: unknown, subdir: unknown): Record<string, string> {
  const place = (asText(channel) ?? '').replace(/\/+$/, '').split('/');
  if (place.length > 1 && place.at(-1) === subdir) place.pop();
  const qualifiers = { build: asText(build), channel: place.at(-1), subdir: asText(subdir) };
  return Object.fromEntries(
    Object.entries(qualifiers).filter(
      (pair): pair is [string, string] => Boolean(pair[1]) && (pair[1]?.length ?? 0) <= 200,
    ),
  );
}
