import { linesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

/** One fact a line: `name(harbour).`, `version('2.4.1').`, `maintainer('Name', 'address').` */
const FACT = /^\s{0,20}(name|version|maintainer)\(\s{0,20}(?:'([^'\n]{0,250})'|"([^"\n]{0,250})"|(\w{1,250}))/;

/** A Perl program may be called so too: without a name or a version it is no pack. */
export function parsePack(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'swipl-pack', 'directory of a Prolog pack');
  const facts = new Map<string, string>();
  for (const line of linesOf(file.text())) {
    const [, name = '', single, double, bare] = FACT.exec(line.slice(0, 600)) ?? [];
    if (!facts.has(name)) facts.set(name, single ?? double ?? bare ?? '');
  }
  const maintainer = facts.get('maintainer');
  if (!facts.has('name') && !facts.has('version')) return records.result();
  const [name = '', version = ''] = [facts.get('name'), facts.get('version')];
  records.add({ name, version, ...(maintainer ? { maintainer } : {}) });
  return records.result();
}
