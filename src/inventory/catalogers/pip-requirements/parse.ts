import { linesOf } from '#foundation/documents/index.ts';
import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { isInsideOf } from '../places.ts';
import { parseRequirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const MAX_LINE = 16_384;

/**
 * Takes the requirements that are pinned by `==`. Other files that one includes by `-r` are read when they are named so that
 * they are found; constraints (`-c`) ask for nothing.
 */
export function parseRequirements(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pip-requirements', 'requirements file');
  if (isInsideOf(file.path, 'site-packages', 'dist-packages')) return records.result();
  for (const line of logicalLines(textOf(file))) {
    const requirement = parseRequirement(line);
    if (requirement?.version !== undefined) records.add({ name: requirement.name, version: requirement.version });
    else if (!line.startsWith('-')) records.unpinned(requirement?.name ?? line.slice(0, 80));
  }
  return records.result();
}

/** Without comments and empty lines; a backslash at its end joins a line with the next. */
function* logicalLines(text: string): Generator<string> {
  let joined = '';
  for (const line of linesOf(text)) {
    const continues = line.endsWith('\\');
    if (joined.length < MAX_LINE) joined += continues ? `${line.slice(0, -1)} ` : line;
    if (continues) continue;
    const content = joined.replace(/(?:^|\s)#.*$/, '').trim();
    joined = '';
    if (content !== '') yield content.slice(0, MAX_LINE);
  }
}

/** PowerShell's `pip freeze > requirements.txt` writes UTF-16. */
function textOf(file: InputFile): string {
  const bytes = file.bytes();
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return (isUtf16 ? asBuffer(bytes).toString('utf16le') : file.text()).replace(/^\ufeff/, '');
}
