import { blockScalarText } from './block-scalar.ts';
import { BACKSLASH, isBlank } from './characters.ts';
import { YamlFault } from './fault.ts';
import { DOUBLE_QUOTED, type NodeTree, PLAIN, SINGLE_QUOTED } from './tree.ts';

/** The text that a scalar stands for, as it is before anybody takes it for a number. */
export function scalarText(text: string, tree: NodeTree, node: number): string {
  const style = tree.style(node);
  if (style === PLAIN) {
    const written = text.slice(tree.start(node), tree.end(node));
    return tree.isCoded(node) ? foldedLines(written, false) : written;
  }
  if (style !== SINGLE_QUOTED && style !== DOUBLE_QUOTED) return blockScalarText(text, tree, node);
  const inner = text.slice(tree.start(node) + 1, tree.end(node) - 1);
  if (!tree.isCoded(node)) return inner;
  return style === SINGLE_QUOTED
    ? foldedLines(inner, false).replaceAll("''", "'")
    : unescaped(foldedLines(inner, true), tree.start(node));
}

/** A line break becomes a blank, several become one less. Of a text in double quotes a backslash keeps what stands at a line's end. */
function foldedLines(text: string, hasEscapes: boolean): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  let folded = '';
  let breaks = 0;
  let isJoined = false;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const { kept, joinsNext } = contentOf(line, index > 0, !isLast, hasEscapes);
    if (index > 0 && !isLast && kept === '' && !joinsNext) {
      breaks++;
      continue;
    }
    if (index > 0) folded += breaks > 0 ? '\n'.repeat(breaks) : isJoined ? '' : ' ';
    folded += kept;
    breaks = 0;
    isJoined = joinsNext;
  }
  return folded;
}

/** A line without the blanks at its sides; the trimming of the platform takes other characters as well. */
function contentOf(line: string, trimsStart: boolean, trimsEnd: boolean, hasEscapes: boolean) {
  let start = 0;
  let end = line.length;
  while (trimsStart && start < end && isBlank(line.charCodeAt(start))) start++;
  if (!trimsEnd) return { kept: line.slice(start, end), joinsNext: false };
  const length = line.endsWith('\r') ? end - 1 : end;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  if (!hasEscapes || !endsInEscape(line, end)) return { kept: line.slice(start, end), joinsNext: false };
  const joinsNext = end === length;
  return { kept: line.slice(start, joinsNext ? end - 1 : end + 1), joinsNext };
}

function endsInEscape(line: string, end: number): boolean {
  let count = 0;
  while (count < end && line.charCodeAt(end - count - 1) === BACKSLASH) count++;
  return count % 2 === 1;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** @param offset of the text in the file, to say where a wrong escape is */
function unescaped(text: string, offset: number): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', from)) {
    const character = text[at + 1] ?? '';
    const digits = HEX_DIGITS.get(character);
    const replacement =
      digits === undefined ? ESCAPES.get(character) : codePoint(text.slice(at + 2, at + 2 + digits), digits);
    if (replacement === undefined)
      throw new YamlFault(`\\${character} is no escape; write \\\\ for a backslash`, offset);
    result += text.slice(from, at) + replacement;
    from = at + 2 + (digits ?? 0);
  }
  return result + text.slice(from);
}

function codePoint(hex: string, digits: number): string | undefined {
  if (hex.length !== digits || !/^[0-9A-Fa-f]{2,8}$/.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
