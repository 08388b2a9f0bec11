import type { InputFile } from '../../cataloger.ts';
import { optional } from '../../optional.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** `…/lib/luarocks/rocks-5.1/<rock>/<version>/<rock>-<version>.rockspec`: a rockspec elsewhere belongs to sources. */
const PLACE = /(?:^|\/)rocks(?:-\d\.\d)?\/([^/]+)\/([^/]+)\/[^/]+\.rockspec$/;

/** A rockspec is a Lua program, which is not run: place and plain assignments tell what is wanted. */
export function parseRockspec(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'luarocks-rock', 'tree of Lua rocks');
  const [, name, version] = PLACE.exec(file.path) ?? [];
  if (name === undefined || version === undefined) return records.result();
  const text = file.text();
  const licence = quotedAfter(text, /\blicense\s{0,20}=\s{0,20}(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')/);
  records.add({
    name,
    version,
    ...(licence === undefined ? {} : { licences: [licence] }),
    ...optional(
      'maintainer',
      quotedAfter(text, /\bmaintainer\s{0,20}=\s{0,20}(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')/),
    ),
  });
  return records.result();
}

function quotedAfter(text: string, pattern: RegExp): string | undefined {
  const [, double, single] = pattern.exec(text) ?? [];
  return double ?? single;
}
