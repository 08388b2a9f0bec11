/** A word in a text: its place, from `start` up to `end`. */
export interface Piece {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Words between blanks; quotes keep blanks, the escape keeps the next character. */
export function splitWords(text: string, escapeWith: string, from = 0): Piece[] {
  const words: Piece[] = [];
  for (let at = from; at < text.length; ) {
    if (isBlank(text[at])) {
      at += 1;
      continue;
    }
    const end = wordEnd(text, at, escapeWith);
    words.push({ raw: text.slice(at, end), start: at, end });
    at = end;
  }
  return words;
}

/** Words between blanks, quotes or not: what most instructions have. */
export function splitBlanks(text: string, from: number): Piece[] {
  return [...text.slice(from).matchAll(/\S+/g)].map(({ 0: raw, index }) => ({
    raw,
    start: from + index,
    end: from + index + raw.length,
  }));
}

export function wordEnd(text: string, from: number, escapeWith: string): number {
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at];
    if (quote === '' && isBlank(character)) break;
    // Single quotes take the escape's meaning away: https://docs.docker.com/reference/dockerfile/#environment-replacement.
    if (character === escapeWith && quote !== "'") at += 1;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  return Math.min(at, text.length);
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

/** Elements of a JSON list of texts with their places, or undefined where it is none: the builder then takes it for words. */
export function splitJson(text: string, from: number): (Piece & { readonly value: string })[] | undefined {
  const start = from + (text.length - from - text.slice(from).trimStart().length);
  if (text[start] !== '[') return undefined;
  const values = parseTexts(text.slice(start));
  if (!values) return undefined;
  const pieces: (Piece & { value: string })[] = [];
  let at = start;
  for (const value of values) {
    const opens = text.indexOf('"', at);
    const end = stringEnd(text, opens);
    pieces.push({ raw: text.slice(opens, end), start: opens, end, value });
    at = end;
  }
  return pieces;
}

function parseTexts(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return undefined;
    const texts = value.filter((one) => typeof one === 'string');
    return texts.length === value.length ? texts : undefined;
  } catch {
    return undefined;
  }
}

function stringEnd(text: string, opens: number): number {
  let at = opens + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
