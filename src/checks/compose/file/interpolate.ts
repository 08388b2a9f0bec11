/** A text of the document with the defaults of its variables put in. */
export interface Interpolated {
  /** Variables without a default stay as `${NAME}`. */
  readonly text: string;
  /** A variable without a default is in it: what it will be is not known from here. */
  readonly isOpen: boolean;
}

const MAX_DEPTH = 8;
const NAME = /[A-Za-z_][A-Za-z0-9_]{0,200}/y;

/**
 * `${NAME:-default}` becomes its default: what holds for whoever sets nothing. Neither the environment nor `.env` is read, since neither is
 * what others will have. https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
export function interpolate(text: string, depth = 0): Interpolated {
  if (!text.includes('$')) return { text, isOpen: false };
  let result = '';
  let isOpen = false;
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) {
      result += text.slice(at);
      break;
    }
    result += text.slice(at, dollar);
    const variable = variableAt(text, dollar, depth);
    result += variable.text;
    isOpen ||= variable.isOpen;
    at = variable.end;
  }
  return { text: result, isOpen };
}

function variableAt(text: string, dollar: number, depth: number): Interpolated & { readonly end: number } {
  if (text[dollar + 1] === '$') return { text: '$', isOpen: false, end: dollar + 2 };
  const isBraced = text[dollar + 1] === '{';
  NAME.lastIndex = dollar + (isBraced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return { text: '$', isOpen: false, end: dollar + 1 };
  const unset = { text: `\${${name}}`, isOpen: true };
  if (!isBraced) return { ...unset, end: dollar + 1 + name.length };
  const start = dollar + 2 + name.length;
  const end = closingBrace(text, start);
  const operator = /^:?[-?+]/.exec(text.slice(start, start + 2))?.[0] ?? '';
  if (operator.endsWith('+')) return { text: '', isOpen: false, end: end + 1 };
  if (!operator.endsWith('-') || depth >= MAX_DEPTH) return { ...unset, end: end + 1 };
  return { ...interpolate(text.slice(start + operator.length, end), depth + 1), end: end + 1 };
}

/** Of the variable that is open at `start`; the end of the text where it is never closed. */
function closingBrace(text: string, start: number): number {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '}' && --open === 0) return at;
    if (text[at] === '$' && text[at + 1] === '{') open++;
  }
  return text.length;
}
