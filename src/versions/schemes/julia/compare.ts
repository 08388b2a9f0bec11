import { ok, type Result } from '#foundation/index.ts';
import { isDigit, isLetter } from '../../characters.ts';
import { compareParsed } from '../../ordering.ts';
import {
  compareIdentifiers,
  compareSemantic,
  parseSemantic,
  type SemanticGrammar,
  type SemanticVersion,
} from '../../semantic.ts';
import type { Ordering } from '../../version-scheme.ts';

const grammar: SemanticGrammar = { scheme: 'julia', prefix: 'v', minNumbers: 1, leadingZeros: true };

interface JuliaVersion {
  readonly core: SemanticVersion;
  /** `1.0-`, written to mean "before every pre-release of 1.0". */
  readonly isLowest: boolean;
  /** `1.0+`, written to mean "after every build of 1.0". */
  readonly isHighest: boolean;
}

export function compareJulia(a: string, b: string): Result<Ordering> {
  return compareParsed(parseJulia(a), parseJulia(b), compareVersions);
}

function parseJulia(text: string): Result<JuliaVersion> {
  const isLowest = text.endsWith('-') && !text.includes('+') && !text.slice(0, -1).includes('-');
  const isHighest = text.endsWith('+');
  const bare = isLowest || isHighest ? text.slice(0, -1) : text;
  const core = parseSemantic(withHyphen(bare), grammar);
  return core.ok ? ok({ core: core.value, isLowest, isHighest }) : core;
}

/** A pre-release that starts with a letter needs no hyphen: `1.0rc1`. */
function withHyphen(text: string): string {
  let at = text.startsWith('v') ? 1 : 0;
  while (isDigit(text.charCodeAt(at)) || text[at] === '.') at++;
  const joins = isLetter(text.charCodeAt(at)) && isDigit(text.charCodeAt(at - 1));
  return joins ? `${text.slice(0, at)}-${text.slice(at)}` : text;
}

function compareVersions(a: JuliaVersion, b: JuliaVersion): number {
  const numbers = compareSemantic({ ...a.core, prerelease: '' }, { ...b.core, prerelease: '' });
  if (numbers !== 0) return numbers;
  if (a.isLowest !== b.isLowest) return a.isLowest ? -1 : 1;
  const sign = compareSemantic(a.core, b.core);
  if (sign !== 0) return sign;
  if (a.isHighest !== b.isHighest) return a.isHighest ? 1 : -1;
  const { build: left } = a.core;
  const { build: right } = b.core;
  if (left === '' || right === '') return Number(right === '') - Number(left === '');
  return compareIdentifiers(left, right);
}
