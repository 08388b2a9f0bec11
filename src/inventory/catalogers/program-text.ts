/**
 * Build files that are programs (Gradle, sbt, setup.py) are read as text: what is written out counts, what is computed does
 * not. Comments of the C family are left out, those in texts (`"https://..."`) are none.
 */
export function withoutComments(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE) at = textEnd(text, at, code);
    else if (code === SLASH && (text[at + 1] === '/' || text[at + 1] === '*')) {
      parts.push(text.slice(from, at));
      at = commentEnd(text, at);
      from = at;
    } else at++;
  }
  parts.push(text.slice(from));
  return parts.join(' ');
}

const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const BACKSLASH = 92;
const NEWLINE = 10;

/** Behind the text; a text ends with its line at the latest. */
function textEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === quote || code === NEWLINE) return at + 1;
  }
  return text.length;
}

function commentEnd(text: string, start: number): number {
  const isLine = text[start + 1] === '/';
  const end = text.indexOf(isLine ? '\n' : '*/', start + 2);
  if (end === -1) return text.length;
  return isLine ? end : end + 2;
}

const MAX_LITERALS = 20_000;

/** Names and the texts they stand for, as `pattern` finds them in its first two groups. */
export function literalsIn(text: string, pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(pattern)) {
    if (found.size >= MAX_LITERALS) break;
    found.set(name, value);
  }
  return found;
}
