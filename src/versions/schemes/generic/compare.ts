import type { Result } from '#foundation/index.ts';
import { isDigit, isLetter } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import { compareSemantic, parseSemantic, type SemanticGrammar, type SemanticVersion } from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = {
  scheme: 'generic',
  prefix: 'vV',
  minNumbers: 1,
  maxNumbers: Number.POSITIVE_INFINITY,
  leadingZeros: true,
};

/** Any count of numbers (absent ones are 0); a pre-release may follow the last number without a hyphen (`1.0rc1`, `1.0.beta2`). */
export function compareGeneric(a: string, b: string): Result<Ordering> {
  return compareParsed(parseGeneric(a), parseGeneric(b), compareSemantic);
}

function parseGeneric(text: string): Result<SemanticVersion> {
  return parseSemantic(withHyphen(text).replaceAll('~', '-'), grammar);
}

/** Puts the hyphen before a pre-release that has a dot or nothing there. */
function withHyphen(text: string): string {
  let at = /^[vV]/.test(text) ? 1 : 0;
  while (isDigit(text.charCodeAt(at)) || (text[at] === '.' && isDigit(text.charCodeAt(at + 1)))) at++;
  const start = text[at] === '.' ? at + 1 : at;
  return isLetter(text.charCodeAt(start)) && at > 0 ? `${text.slice(0, at)}-${text.slice(start)}` : text;
}
