import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { parseConanReference } from '../conan-reference.ts';
import { type ParsedRecords, RecordCollector, recordCataloger } from '../records.ts';

/** C and C++ libraries in Conan's own storage, and those that a build folder was made with. */
export const conanInfo = recordCataloger({
  id: 'conan-info',
  title: 'Installed C and C++ libraries by their conaninfo.txt',
  references: ['https://docs.conan.io/1/mastering/envvars.html', 'https://docs.conan.io/2/reference/binary_model.html'],
  maturity: 'stable',
  type: 'conan',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'name', name: 'conaninfo.txt', maxBytes: 1024 * 1024 }],
  parse,
});

/** `.conan/data/<name>/<version>/<user>/<channel>/package/<id>/conaninfo.txt`. */
const PLACE = /(?:^|\/)([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/package\/[0-9a-f]{40}\/conaninfo\.txt$/;

/** In the storage of Conan 1 the path names the package; elsewhere the file names what a package or a build folder needs. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'conan-info', 'conaninfo.txt');
  const [, name, version, user, channel] = PLACE.exec(file.path) ?? [];
  const written = name === undefined ? undefined : parseConanReference(`${name}/${version}@${user}/${channel}`);
  if (written !== undefined) collector.add(written);
  else addNeeds(file.text(), collector);
  return collector.result();
}

function addNeeds(text: string, collector: RecordCollector): void {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of linesOf(text)) {
    const content = line.trim();
    const heading = /^\[(\w{1,40})\]$/.exec(content)?.[1];
    if (heading !== undefined) {
      lines = [];
      sections.set(heading, lines);
    } else if (content !== '') lines.push(content);
  }
  // The short form leaves out what does not change the binary: `zlib/1.Y.Z`.
  for (const need of sections.get('full_requires') ?? sections.get('requires') ?? []) {
    const record = parseConanReference(need);
    if (record === undefined) collector.unusable(need);
    else if (/(?:^|\.)[YZ](?:\.|$)/.test(record.version)) collector.unpinned({ name: record.name });
    else collector.add(record);
  }
}
