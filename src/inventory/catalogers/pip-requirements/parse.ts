import { linesOf } from '#foundation/documents/index.ts';
import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { isInsideOf } from '../places.ts';
import { parseRequirement } from '../python-requirement.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const MAX_LINE = 16_384;
const MAX_INCLUDES = 100;

export interface Requirements extends ParsedRecords {
  /** Paths of other files whose requirements are asked for as well (`-r`). */
  readonly includes: readonly string[];
  /** Paths of files that say which version when a package is asked for elsewhere (`-c`). */
  readonly constraints: readonly string[];
}

/** Requirements by `==` are pinned; any other way of asking leaves the version open. */
export function parseRequirements(file: InputFile): Requirements {
  const records = new RecordCollector(file, 'pip-requirements', 'requirements file');
  const includes: string[] = [];
  const constraints: string[] = [];
  if (isInsideOf(file.path, 'site-packages', 'dist-packages')) return { ...records.result(), includes, constraints };
  for (const line of logicalLines(textOf(file))) {
    const [, option, other] = /^(-r|-c|--requirement|--constraint)[\s=]{0,10}(\S{1,1000})/.exec(line) ?? [];
    const list = option === '-c' || option === '--constraint' ? constraints : includes;
    if (other === undefined) addRequirement(line, records);
    else if (list.length < MAX_INCLUDES) list.push(...placeOf(file.path, other));
  }
  return { ...records.result(), includes, constraints };
}

/** A folder or an archive of the project's own (`-e .`) has no name here. */
function addRequirement(line: string, records: RecordCollector): void {
  const editable = /^(?:-e|--editable)[\s=]{1,10}(\S.*)$/.exec(line)?.[1];
  if (editable === undefined && line.startsWith('-')) return;
  const requirement = parseRequirement(editable ?? line);
  if (requirement?.version !== undefined) records.add({ ...requirement, version: requirement.version });
  else if (requirement !== undefined) records.unpinned(requirement);
}

/** Where a relative path leads inside the tree; nowhere when it leaves the tree or is an address. */
function placeOf(from: string, relative: string): string[] {
  if (relative.includes('://') || relative.startsWith('/')) return [];
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return [];
  }
  return [parts.join('/')];
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
