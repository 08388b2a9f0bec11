/** UTF-16 code units of the characters that version grammars name. */
export const CODE = {
  PLUS: 43,
  HYPHEN: 45,
  DOT: 46,
  ZERO: 48,
  COLON: 58,
  CARET: 94,
  UNDERSCORE: 95,
  TILDE: 126,
} as const;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

export function isLetter(code: number): boolean {
  return isLower(code | 32);
}

/** The index after the run of ASCII digits that starts at `index`. */
export function skipDigits(text: string, index: number, end: number): number {
  let at = index;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** The index after the run of ASCII letters that starts at `index`. */
export function skipLetters(text: string, index: number, end: number): number {
  let at = index;
  while (at < end && isLetter(text.charCodeAt(at))) at++;
  return at;
}

/** Compares two ranges by code unit; a range that is the start of the other comes first. */
export function compareCodes(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  const length = Math.min(aEnd - aStart, bEnd - bStart);
  for (let offset = 0; offset < length; offset++) {
    const difference = a.charCodeAt(aStart + offset) - b.charCodeAt(bStart + offset);
    if (difference !== 0) return difference;
  }
  return aEnd - aStart - (bEnd - bStart);
}

/** Compares two ranges of digits as whole numbers of any size; an empty range is 0. */
export function compareNumbers(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  const aFirst = skipZeros(a, aStart, aEnd);
  const bFirst = skipZeros(b, bStart, bEnd);
  const longer = aEnd - aFirst - (bEnd - bFirst);
  return longer !== 0 ? longer : compareCodes(a, aFirst, aEnd, b, bFirst, bEnd);
}

function skipZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === CODE.ZERO) at++;
  return at;
}

/** Compares two texts of digits as whole numbers of any size; an empty text is 0. */
export function compareDigits(a: string, b: string): number {
  return compareNumbers(a, 0, a.length, b, 0, b.length);
}

/** Where the last hyphen is, which separates the release or revision in `[epoch:]version[-release]`; the text's end where there is none. */
export function releaseIndex(text: string): number {
  const hyphen = text.lastIndexOf('-');
  return hyphen < 0 ? text.length : hyphen;
}
