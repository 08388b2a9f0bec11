import { recordCataloger } from '../records.ts';
import { parseRockspec } from './parse.ts';

/** Lua modules in a tree of LuaRocks. */
export const luarocksRock = recordCataloger({
  id: 'luarocks-rock',
  title: 'Installed Lua rocks by their rockspecs',
  references: ['https://github.com/luarocks/luarocks/blob/main/docs/rockspec_format.md'],
  maturity: 'stable',
  type: 'luarocks',
  evidence: 'installed',
  revision: 1,
  files: [{ kind: 'suffix', suffix: '.rockspec', maxBytes: 16 * 1024 * 1024 }],
  parse: parseRockspec,
});
