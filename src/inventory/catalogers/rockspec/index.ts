import type { InputFile } from '../../cataloger.ts';
import { isInsideOf } from '../places.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';
import { requestCataloger } from '../requests.ts';

const maxBytes = 4 * 1024 * 1024;

/** What LuaRocks locked for a Lua project; what the project asks for where there is no lock. */
export const rockspec = requestCataloger({
  id: 'rockspec',
  title: 'Lua modules in luarocks.lock and *.rockspec of projects',
  references: [
    'https://github.com/luarocks/luarocks/blob/main/docs/rockspec_format.md',
    'https://github.com/luarocks/luarocks/blob/main/docs/pinning_versions_with_a_lock_file.md',
  ],
  maturity: 'stable',
  type: 'luarocks',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'luarocks.lock', maxBytes },
    { kind: 'suffix', suffix: '.rockspec', maxBytes },
  ],
  parse,
  isBetter: isLock,
  readsBetter: true,
});

function isLock(path: string): boolean {
  return path.endsWith('luarocks.lock');
}

/** Tables of Lua, read as text; those below `rocks-5.x` are of what LuaRocks has installed. */
function parse(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'rockspec', isLock(file.path) ? 'lock file of LuaRocks' : 'rockspec');
  if (isInsideOf(file.path, 'rocks', 'rocks-5.1', 'rocks-5.2', 'rocks-5.3', 'rocks-5.4')) return collector.result();
  const text = file.text().replace(/--[^\n]*/g, '');
  if (isLock(file.path)) addLocked(text, collector);
  else addRequests(text, collector);
  return collector.result();
}

/** `return { dependencies = { ["lua-cjson"] = "2.1.0.10-1", luasocket = "3.1.0-1" }, build_dependencies = ... }`. */
function addLocked(text: string, collector: RecordCollector): void {
  for (const [table, isForBuilding] of TABLES) {
    for (const [, name = '', version = ''] of tableIn(text, table).matchAll(
      /\b([\w.-]{1,200})(?:"\])?\s{0,20}=\s{0,20}"([^"\n]{1,100})"/g,
    ))
      if (name !== 'lua') collector.add({ name, version, ...(isForBuilding && { scope: 'development' }) });
  }
}

const TABLES = [
  ['dependencies', false],
  ['build_dependencies', true],
  ['test_dependencies', true],
] as const;

/** `dependencies = { "lua >= 5.1", "lua-cjson == 2.1.0" }`. */
function addRequests(text: string, collector: RecordCollector): void {
  for (const [table, isForBuilding] of TABLES) {
    for (const [, name = '', asked = ''] of tableIn(text, table).matchAll(
      /["']([\w./-]{1,200})([^"'\n]{0,200})["']/g,
    )) {
      if (name === 'lua') continue;
      const version = /^\s{0,10}={1,2}\s{0,10}([\w.-]{1,100})\s{0,10}$/.exec(asked)?.[1];
      const record = { name, relation: 'direct', ...(isForBuilding && { scope: 'development' as const }) } as const;
      if (version === undefined) collector.unpinned(record);
      else collector.add({ ...record, version });
    }
  }
}

function tableIn(text: string, name: string): string {
  const start = new RegExp(`(?:^|[\\s{,])${name}\\s{0,20}=\\s{0,20}\\{`).exec(text);
  if (start === null) return '';
  const from = start.index + start[0].length;
  const end = text.indexOf('}', from);
  return text.slice(from, end === -1 ? text.length : end);
}
