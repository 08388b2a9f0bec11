import {
  isFollowedMethod,
  parseSignedBy,
  repositoryAddress,
  type SourceEntries,
  type SourceEntry,
} from './source-entry.ts';

/**
 * Reads the one-line format of sources.list(5):
 * `deb [signed-by=/usr/share/keyrings/x.gpg arch=amd64] http://deb.debian.org/debian bookworm main contrib`.
 */
export function parseOneLineSources(text: string, file: string): SourceEntries {
  const entries: SourceEntry[] = [];
  let malformed = 0;
  let unsupported = 0;
  for (const raw of text.split(/\r?\n/)) {
    const line = withoutComment(raw).trim();
    if (line === '') continue;
    const entry = parseLine(line, file);
    if (entry === undefined) malformed += 1;
    else if (!isFollowedMethod(entry.uri)) unsupported += 1;
    else entries.push(entry);
  }
  return { entries, malformed, unsupported };
}

function withoutComment(line: string): string {
  const hash = line.indexOf('#');
  return hash < 0 ? line : line.slice(0, hash);
}

function parseLine(line: string, file: string): SourceEntry | undefined {
  const type = /^(?:deb|deb-src)(?=\s)/.exec(line)?.[0];
  if (type === undefined) return undefined;
  const afterType = line.slice(type.length).trim();
  const { options, rest } = splitOptions(afterType);
  const [uri, suite, ...components] = splitWords(rest);
  if (options === undefined || uri === undefined || suite === undefined || !uri.includes(':')) return undefined;
  const signedBy = parseSignedBy(options.get('signed-by') ?? '');
  return { uri: repositoryAddress(uri), suite, components, file, ...(signedBy && { signedBy }) };
}

/** `[a=b c=d,e] rest`. Undefined options: the bracket does not close. */
function splitOptions(text: string): { options: ReadonlyMap<string, string> | undefined; rest: string } {
  if (!text.startsWith('[')) return { options: new Map(), rest: text };
  const close = text.indexOf(']');
  if (close < 0) return { options: undefined, rest: '' };
  const options = new Map<string, string>();
  for (const option of text.slice(1, close).split(/\s+/)) {
    const equals = option.indexOf('=');
    if (equals > 0) options.set(option.slice(0, equals).replace(/[+-]$/, '').toLowerCase(), option.slice(equals + 1));
  }
  return { options, rest: text.slice(close + 1).trim() };
}

/** Words separated by white space; `[…]` keeps spaces together, as `cdrom:[Debian 12 …]/` writes them. */
function splitWords(text: string): string[] {
  const list: string[] = [];
  let word = '';
  let inBrackets = false;
  for (const character of text) {
    if (character === '[') inBrackets = true;
    if (character === ']') inBrackets = false;
    if (!inBrackets && (character === ' ' || character === '\t')) {
      if (word !== '') list.push(word);
      word = '';
    } else {
      word += character;
    }
  }
  if (word !== '') list.push(word);
  return list;
}
