import { asText, memberOf, parseToml } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** In a depot each version of a package has a directory of its own, `packages/JSON/93Ea8/`; `stdlib/v1.10/Dates/` came with Julia. */
const PLACE = /(?:^|\/)(?:packages\/[^/]+\/[A-Za-z0-9]{4,8}|stdlib\/v\d[^/]*\/[^/]+)\/(?:Julia)?Project\.toml$/;

export function parseProject(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'julia-package', 'Julia depot');
  if (!PLACE.test(file.path)) return records.result();
  const document = parseToml(file);
  if (!document.ok) {
    records.unreadable(document.error);
    return records.result();
  }
  const text = (name: string): string | undefined => asText(memberOf(document.value, name));
  const [name = '', version = '', uuid, licence] = ['name', 'version', 'uuid', 'license'].map(text);
  // What comes with Julia often has no version of its own: it is Julia's.
  if (version === '' && file.path.includes('stdlib/')) return records.result();
  records.add({ name, version, ...(uuid && { qualifiers: { uuid } }), ...(licence && { licences: [licence] }) });
  return records.result();
}
