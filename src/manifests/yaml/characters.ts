export const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const SPACE = 32;
export const EXCLAMATION = 33;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const PERCENT = 37;
export const AMPERSAND = 38;
export const SINGLE_QUOTE = 39;
export const ASTERISK = 42;
export const PLUS = 43;
export const COMMA = 44;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;
export const GREATER = 62;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const PIPE = 124;
export const CLOSE_BRACE = 125;
const BYTE_ORDER_MARK = 0xfe_ff;

const SPACES = 1;
const FLOW = 2;
const INDICATORS = 4;

const classes = new Uint8Array(128);
for (const code of [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE]) classes[code] = SPACES;
for (const character of ',[]{}') classes[character.charCodeAt(0)] = FLOW | INDICATORS;
for (const character of '-?:#&*!|>\'"%@`') classes[character.charCodeAt(0)] = INDICATORS;

/** A blank, a line break or the end of the text, of which the code is NaN. */
export function isSpaceOrEnd(code: number): boolean {
  return code <= SPACE ? classes[code] === SPACES : Number.isNaN(code);
}

/** A blank on a line. A carriage return stands only before a line feed. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === CARRIAGE_RETURN;
}

/** `,` `[` `]` `{` `}` */
export function isFlowIndicator(code: number): boolean {
  return code < 128 && ((classes[code] ?? 0) & FLOW) !== 0;
}

/** What no plain scalar begins with, but for `-`, `?` and `:` before something else than a blank. */
export function isIndicator(code: number): boolean {
  return code < 128 && ((classes[code] ?? 0) & INDICATORS) !== 0;
}

export function startsWithByteOrderMark(text: string, at: number): boolean {
  return text.charCodeAt(at) === BYTE_ORDER_MARK;
}
