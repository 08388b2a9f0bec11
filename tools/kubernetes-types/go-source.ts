// Reads the type declarations of Go source files: as much of the language as API types use.

/** `type Name struct {…}` or `type Name Other`. */
export interface Declaration {
  readonly name: string;
  /** Of a struct; undefined where `is` says what it is. */
  readonly fields: readonly Field[] | undefined;
  readonly is: string;
  /** The comment lines before it. */
  readonly comments: string;
  /** Import paths by the name under which the file knows them. */
  readonly imports: ReadonlyMap<string, string>;
}

export interface Field {
  /** In JSON; undefined where the members of the type stand in its place. */
  readonly name: string | undefined;
  /** As written: `*metav1.LabelSelector`, `[]Container`, `map[string]string`. */
  readonly type: string;
}

export function parseGo(source: string): Declaration[] {
  const imports = importsOf(source);
  const lines = source.replace(/\/\*[\s\S]*?\*\//g, '').split('\n');
  const declarations: Declaration[] = [];
  let comments = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, is] = /^type (\w+) (?:= )?(.+)$/.exec(line) ?? [];
    if (name === undefined || is === undefined) {
      if (line.startsWith('//')) comments += `${line}\n`;
      else if (line.trim() !== '') comments = '';
      continue;
    }
    const isStruct = is === 'struct {';
    const end = isStruct ? lines.indexOf('}', at) : at;
    const fields = isStruct || is === 'struct{}' ? lines.slice(at + 1, end).flatMap(fieldOf) : undefined;
    declarations.push({ name, fields, is, comments, imports });
    comments = '';
    at = end;
  }
  return declarations;
}

function importsOf(source: string): ReadonlyMap<string, string> {
  const [, block = ''] = /^import \(([\s\S]*?)^\)/m.exec(source) ?? [];
  const single = [...source.matchAll(/^import (?:(\w+) )?"([^"]+)"/gm)];
  const lines = [...block.matchAll(/^\s*(?:(\w+) )?"([^"]+)"/gm), ...single];
  return new Map(lines.map(([, alias, path = '']) => [alias ?? path.split('/').at(-1) ?? path, path]));
}

/** `Name Type `json:"name,omitempty"`` or an embedded `Type `json:",inline"``. */
function fieldOf(line: string): Field[] {
  const text = line.replace(/^\s*\/\/.*$/, '').trim();
  const [, left = '', tag = ''] = /^([^`]*)(?:`(.*)`)?/.exec(text) ?? [];
  const words = left.trim().split(/\s+/);
  if (words[0] === '' || words[0] === undefined) return [];
  const [, json] = /json:"([^"]*)"/.exec(tag) ?? [];
  const [name = '', ...options] = (json ?? '').split(',');
  const type =
    words.length === 1
      ? words[0]
      : words
          .slice(1)
          .join(' ')
          .replace(/\s*\/\/.*$/, '');
  if (name === '-') return [];
  const isEmbedded = options.includes('inline') || (words.length === 1 && name === '');
  if (isEmbedded) return [{ name: undefined, type }];
  return json === undefined || name === '' ? [] : [{ name, type }];
}
