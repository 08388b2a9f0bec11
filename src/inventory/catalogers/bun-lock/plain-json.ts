/** JSON of JSON with comments and trailing commas. What is left out is outside of texts only. */
export function plainJson(text: string): string {
  const bare = without(text, commentEnd);
  return without(bare, (at) => (bare.charCodeAt(at) === COMMA && closesAfter(bare, at + 1) ? at + 1 : at));
}

/** Leaves out what `endOf` says ends behind the position where it begins; nothing begins where it answers the position. */
function without(text: string, endOf: (at: number, text: string) => number): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (text.charCodeAt(at) === QUOTE) {
      at = textEnd(text, at);
      continue;
    }
    const end = endOf(at, text);
    if (end > at) {
      parts.push(text.slice(from, at));
      from = end;
    }
    at = Math.max(end, at + 1);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

const QUOTE = 34;
const COMMA = 44;
const SLASH = 47;
const BACKSLASH = 92;

function textEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

/** `at` itself when no comment begins there. */
function commentEnd(at: number, text: string): number {
  if (text.charCodeAt(at) !== SLASH) return at;
  const next = text[at + 1];
  if (next !== '/' && next !== '*') return at;
  const end = text.indexOf(next === '/' ? '\n' : '*/', at + 2);
  if (end === -1) return text.length;
  return next === '/' ? end : end + 2;
}

/** True when nothing but white space stands before the next closing bracket. */
function closesAfter(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text[at] === '}' || text[at] === ']';
}
