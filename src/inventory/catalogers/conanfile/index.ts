import type { InputFile } from '../../cataloger.ts';
import { parseConanReference } from '../conan-reference.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { requestCataloger } from '../requests.ts';

const maxBytes = 4 * 1024 * 1024;

/** What C and C++ projects ask Conan for, where no lock file tells what they got. */
export const conanfile = requestCataloger({
  id: 'conanfile',
  title: 'C and C++ libraries in conanfile.txt and conanfile.py',
  references: [
    'https://docs.conan.io/2/reference/conanfile_txt.html',
    'https://docs.conan.io/2/reference/conanfile/methods/requirements.html',
  ],
  maturity: 'stable',
  type: 'conan',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'conanfile.txt', maxBytes },
    { kind: 'name', name: 'conanfile.py', maxBytes },
    { kind: 'name', name: 'conan.lock', maxBytes: 16 * 1024 * 1024 },
  ],
  parse,
  isBetter: (path) => path.endsWith('conan.lock'),
});

function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'conanfile', 'conanfile');
  const text = file.text().replace(/#(?![0-9a-f]{8})[^\n]*/g, '');
  if (file.path.endsWith('.py')) addCalls(text, collector);
  else addSections(text, collector);
  return collector.result();
}

/** `[requires]` and below it a reference a line. */
function addSections(text: string, collector: RecordCollector): void {
  let section = '';
  for (const line of text.split('\n', MAX_LINES)) {
    const content = line.trim();
    const heading = /^\[(\w{1,40})\]$/.exec(content)?.[1];
    if (heading !== undefined) section = heading;
    else if (content !== '' && KINDS.has(section)) add(content, section, collector);
  }
}

const MAX_LINES = 100_000;
const KINDS = new Set(['requires', 'build_requires', 'tool_requires', 'test_requires']);
const CALL =
  /\b(requires|build_requires|tool_requires|test_requires)\s{0,10}(?:\(|=)\s{0,10}\[?\(?((?:\s{0,100}["'][^"'\n]{1,300}["'],?){1,200})/g;

/** A program in Python, read as text: `requires = "zlib/1.3"`, `self.requires("zlib/1.3")`. What it computes is not seen. */
function addCalls(text: string, collector: RecordCollector): void {
  for (const [, kind = '', list = ''] of text.matchAll(CALL)) {
    for (const [, reference = ''] of list.matchAll(/["']([^"'\n]{1,300})["']/g)) add(reference, kind, collector);
  }
  if (/\brequires\b|\brequirements\b/.test(text)) collector.problem('read-as-text', AS_TEXT, 'degraded');
}

const AS_TEXT =
  'A conanfile.py is a program and was read as text: libraries that it computes are not seen. Lock what it resolves with `conan lock create`.';

/** `zlib/[>=1.2 <2]` leaves the version open. */
function add(text: string, kind: string, collector: RecordCollector): void {
  const isForBuilding = kind !== 'requires';
  const range = /^([^/@#\s]{1,200})\/\[/.exec(text)?.[1];
  const record = parseConanReference(text);
  const more = { relation: 'direct', ...(isForBuilding && { scope: 'development' as const }) } as const;
  if (range !== undefined) collector.unpinned({ name: range, ...more });
  else if (record === undefined) collector.unusable(text);
  else collector.add({ ...record, ...more });
}
