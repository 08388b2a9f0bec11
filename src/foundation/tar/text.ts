/**
 * Text of a header field, up to its first zero byte. Bytes that are not UTF-8 become lone surrogates (U+DC80 + byte), so
 * that two different names never become the same text and hide each other.
 */
export function fieldText(bytes: Buffer, start: number, length: number): string {
  let end = start;
  let bits = 0;
  for (; end < start + length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte === 0) break;
    bits |= byte;
  }
  if (end === start) return '';
  return bits < 0x80 ? bytes.toString('latin1', start, end) : pathText(bytes.subarray(start, end));
}

/** UTF-8 with lone surrogates for what is not UTF-8. */
export function pathText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? escapeInvalid(bytes) : text;
}

function escapeInvalid(bytes: Buffer): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0);
    const character = bytes.toString('utf8', at, at + length);
    if (Buffer.compare(Buffer.from(character), bytes.subarray(at, at + length)) === 0) {
      text += character;
      at += length;
    } else {
      text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at++;
    }
  }
  return text;
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/**
 * A path inside the root: no leading or trailing slash, no empty, `.` or `..` part; `..` stops at the root, as it does for
 * a process confined to it. The root itself is the empty text.
 */
export function normalisePath(path: string): string {
  // Many archives write `./usr/bin`.
  const plain = path.startsWith('./') ? path.slice(2) : path;
  if (isNormal(plain)) return plain;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** True when `..` parts lead above where the path begins. */
export function leavesRoot(path: string): boolean {
  if (!path.includes('..')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

const SLASH = 0x2f;
const DOT = 0x2e;

/** No leading, trailing or double slash and no part that begins with a dot pair or is a single dot; errs on the side of no. */
function isNormal(path: string): boolean {
  let previous = SLASH;
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (previous === SLASH && (code === SLASH || (code === DOT && isDotPart(path, index)))) return false;
    previous = code;
  }
  return previous !== SLASH;
}

function isDotPart(path: string, index: number): boolean {
  const next = index + 1 < path.length ? path.charCodeAt(index + 1) : SLASH;
  return next === SLASH || next === DOT;
}
