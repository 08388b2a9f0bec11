import { linesOf } from '#foundation/documents/index.ts';

/** One block of a yarn.lock: the requests that it answers and its fields. */
export interface YarnBlock {
  /** `left-pad@^1.0.0`, `left-pad@npm:^1.0.0`. */
  readonly requests: readonly string[];
  readonly fields: Map<string, string>;
  readonly needs: [name: string, range: string][];
}

const SECTIONS = new Set(['dependencies', 'optionalDependencies']);

/**
 * Blocks of both dialects: classic writes `version "1.0.0"`, berry is YAML of the same layout, `version: 1.0.0`. Told by
 * indentation: none for a block's requests, two blanks for a field, four for a dependency. Calls `onUnreadable` for lines of
 * another form.
 */
export function* yarnBlocks(text: string, onUnreadable: () => void): Generator<YarnBlock> {
  let block: YarnBlock | undefined;
  let section = '';
  let long = '';
  for (const line of linesOf(text)) {
    const content = line.trim();
    if (content === '' || line.startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    if (indent > 0) {
      section = addLine(block, indent, content, section, onUnreadable);
      continue;
    }
    if (block) yield block;
    block = undefined;
    section = '';
    // A long key stands alone, `? "a@1, a@2"`, and its colon on the next line.
    if (content.startsWith('? ')) long = content.slice(2);
    else if (content.endsWith(':')) block = blockOf(content === ':' ? long : content.slice(0, -1));
    else onUnreadable();
  }
  if (block) yield block;
}

function blockOf(requests: string): YarnBlock {
  return { requests: requestsOf(requests), fields: new Map(), needs: [] };
}

/** Returns the section that the next line belongs to. */
function addLine(
  block: YarnBlock | undefined,
  indent: number,
  content: string,
  section: string,
  onUnreadable: () => void,
): string {
  const isField = indent <= 2;
  if (!isField && !SECTIONS.has(section)) return section;
  const [key, value] = pairOf(content);
  if (block === undefined || key === '') onUnreadable();
  else if (!isField) block.needs.push([key, value]);
  else if (value === '') return key;
  else block.fields.set(key, value);
  return isField ? '' : section;
}

/** `"a@^1, a@^2"` in berry, `a@^1, "b@>= 2"` in classic. */
function requestsOf(text: string): string[] {
  const whole = /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
  return whole.split(', ').map(unquoted);
}

/** `key value`, `key "value"`, `"key" "value"`, `key: value`, `"key": "value"`; an empty value for the head of a section. */
function pairOf(text: string): [key: string, value: string] {
  const close = text.startsWith('"') ? text.indexOf('"', 1) : -1;
  const blank = text.indexOf(' ');
  const end = close === -1 ? (blank === -1 ? text.length : blank) : close + 1;
  const key = unquoted(text.slice(0, end).replace(/:$/, ''));
  const rest = text.slice(end).replace(/^:/, '').trim();
  return [key, unquoted(rest)];
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
