import { asList, asMembers, asText, memberOf, parseJson } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** `{ "Content": [{ "Name", "Version", "Release", "Epoch", "Architecture", "Publisher" }] }`, all of them texts. */
export function parseInventory(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'bottlerocket-inventory', 'Bottlerocket inventory');
  const document = parseJson(file);
  const content = document.ok ? asList(memberOf(document.value, 'Content')) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (content === undefined) records.unreadable('has no list of its content');
  for (const item of content ?? []) {
    const record = asMembers(item);
    const [name, version] = [asText(record?.['Name']), asText(record?.['Version'])];
    if (!name || !version) records.unusable(name);
    else
      records.add({
        name,
        version: fullVersion(version, asText(record?.['Release']), asText(record?.['Epoch'])),
        ...optional('architecture', asText(record?.['Architecture'])),
        ...optional('vendor', asText(record?.['Publisher'])),
      });
  }
  return records.result();
}

function fullVersion(version: string, release: string | undefined, epoch: string | undefined): string {
  const prefix = epoch && /^[1-9]\d{0,8}$/.test(epoch) ? `${epoch}:` : '';
  return `${prefix}${version}${release ? `-${release}` : ''}`;
}
