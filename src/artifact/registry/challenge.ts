/** One challenge of a `WWW-Authenticate` header: RFC 9110, 11.6.1. */
export interface Challenge {
  /** Lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

const MAX_HEADER_LENGTH = 8 * 1024;
const TOKEN = /[A-Za-z0-9!#$%&'*+.^_`|~-]+/y;
const SPACE = /[ \t]*/y;
const SEPARATORS = /[ \t,]*/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;

/** Reads all challenges of a header that may hold several, joined by commas. What cannot be read ends the list. */
export function parseChallenges(header: string | undefined): Challenge[] {
  const text = (header ?? '').slice(0, MAX_HEADER_LENGTH);
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const scan = scanner(text);
  for (;;) {
    scan.match(SEPARATORS);
    const word = scan.match(TOKEN)?.[0];
    if (word === undefined) return challenges;
    scan.match(SPACE);
    if (!scan.eat('=')) {
      challenges.push({ scheme: word.toLowerCase(), parameters: {} });
      continue;
    }
    scan.match(SPACE);
    const value = scan.match(QUOTED)?.[1]?.replace(/\\(.)/g, '$1') ?? scan.match(TOKEN)?.[0];
    const last = challenges.at(-1);
    if (value === undefined || !last) return challenges;
    last.parameters[word.toLowerCase()] ??= value;
  }
}

function scanner(text: string): { match(pattern: RegExp): RegExpExecArray | null; eat(character: string): boolean } {
  let at = 0;
  return {
    match(pattern) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found;
    },
    eat(character) {
      const found = text[at] === character;
      if (found) at += 1;
      return found;
    },
  };
}
