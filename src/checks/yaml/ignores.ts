import { type InlineIgnore, parseIgnoreComment } from '../ignore.ts';

const MAX_IGNORES = 2000;
/** What every comment that is understood has in it. */
const HINT = /(?:plimsoll|trivy):ignore/;

/**
 * The comments of a YAML file that ignore checks. One on a line of its own holds for the next line, one behind something for its line; both
 * for all that is indented below that line: above the name of a container for the container, above `privileged: true` for that alone.
 */
export function yamlIgnores(text: string): InlineIgnore[] {
  if (!HINT.test(text)) return [];
  const lines = text.split('\n');
  const ignores: InlineIgnore[] = [];
  for (const [index, line] of lines.entries()) {
    const at = commentStart(line);
    const comment = at === -1 ? undefined : parseIgnoreComment(line.slice(at + 1));
    if (comment === undefined) continue;
    const { isForFile, ...said } = comment;
    const first = line.slice(0, at).trim() === '' ? nextContent(lines, index + 1) : index;
    const range = isForFile ? { from: 0, to: lines.length - 1 } : { from: first, to: endOfBlock(lines, first) };
    ignores.push({ ...said, firstLine: range.from + 1, lastLine: range.to + 1, line: index + 1 });
    if (ignores.length === MAX_IGNORES) break;
  }
  return ignores;
}

/** Of the last `#` that begins the line or stands behind a space, as YAML wants it. */
function commentStart(line: string): number {
  const hint = line.search(HINT);
  if (hint === -1) return -1;
  const at = line.lastIndexOf('#', hint);
  return at === 0 || /[ \t]/.test(line[at - 1] ?? '') ? at : -1;
}

function nextContent(lines: readonly string[], from: number): number {
  const found = lines.findIndex((line, index) => index >= from && !isBlank(line));
  return found === -1 ? from : found;
}

/** Items of a list belong to the member above even where they are indented no further. */
function endOfBlock(lines: readonly string[], first: number): number {
  const indent = indentOf(lines[first] ?? '');
  const isItem = isListItem(lines[first] ?? '');
  let last = first;
  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (isBlank(line)) continue;
    const own = indentOf(line);
    if (own < indent || (own === indent && (isItem || !isListItem(line)))) break;
    last = index;
  }
  return last;
}

function isBlank(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

function isListItem(line: string): boolean {
  return /^\s*-(?:\s|$)/.test(line);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
